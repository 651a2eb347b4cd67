internal import Audio
internal import Responders

/// The items: from the session to the upstream.
extension UpstreamConversation {
    /// The least sound that upstreams make an item of: 100 ms.
    private static let shortestTurn = SpeechFormat.samples(inMilliseconds: 100)
    /// The sound in one message, where a whole turn is sent: 1 s.
    private static let pieceLength = SpeechFormat.sampleRate

    mutating func follow(_ change: ConversationChange) {
        switch change {
        case .turnStarted(let id):
            dropHeardTurn()
            if link.isReady { heardTurn = HeardTurn(id: id) }
        case .turnHeard(let id, let samples):
            guard heardTurn?.id == id else { return }
            heardTurn?.samples += samples.count
            send(.appendAudio(samples))
        case .turnDropped(let id): if heardTurn?.id == id { dropHeardTurn() }
        case .inserted(let entry, let previous): insert(entry, after: previous)
        case .removed(let id): remove(id)
        case .truncated(let id, let text, let milliseconds): truncate(id, to: text, milliseconds: milliseconds)
        case .configured(let configuration):
            self.configuration = configuration
            if link.isReady { send(.configure(configuration)) }
        }
    }

    /// Tells an upstream that knows nothing what has been said so far.
    mutating func replay() {
        for item in items.list { create(item.entry) }
    }

    /// Takes what the upstream has understood of a turn.
    mutating func transcribe(_ event: UpstreamEvent) {
        switch event {
        case .transcriptionDelta(let name, let delta):
            if let id = items.key(ofName: name) { notify(.transcript(itemID: id, delta: delta)) }
        case .transcribed(let name, let text):
            guard let id = items.key(ofName: name) else { return }
            items.setText(text, of: id)
            notify(.transcribed(itemID: id, text: text))
        case .transcriptionFailed(let name, let reason):
            if let id = items.key(ofName: name) { notify(.transcriptionFailed(itemID: id, reason: reason)) }
        default: break
        }
    }

    private mutating func insert(_ entry: ConversationEntry, after previous: String?) {
        guard items.insert(entry, after: previous) else { return }
        for part in items.forgetOldest() { send(.deleteItem(id: part.name)) }
        if link.isReady { create(entry) }
    }

    private mutating func create(_ entry: ConversationEntry) {
        guard !entry.isEmpty else { return }
        let predecessor = items.predecessor(of: entry.key)
        // Only the buffer's sound is transcribed, and it always becomes the last item.
        if case .turn(let turn) = entry, turn.text.isEmpty, predecessor == nil,
            heardTurn == nil || heardTurn?.id == turn.id
        {
            commit(turn)
        } else {
            if heardTurn?.id == entry.id { dropHeardTurn() }
            let name = items.name(for: entry)
            items.add(.init(name: name), to: entry.key)
            send(.createItem(entry, id: name, after: predecessor))
        }
    }

    /// Makes an item of a turn's sound, of which the upstream may have heard all, some or nothing.
    private mutating func commit(_ turn: Turn) {
        var sent = heardTurn?.samples ?? 0
        heardTurn = nil
        if sent < turn.speech.count {
            if sent > 0 { send(.clearAudio) }
            for start in stride(from: 0, to: turn.speech.count, by: Self.pieceLength) {
                send(.appendAudio(Array(turn.speech[start..<min(start + Self.pieceLength, turn.speech.count)])))
            }
            sent = turn.speech.count
        }
        if sent < Self.shortestTurn {
            send(.appendAudio(Array(repeating: 0, count: Self.shortestTurn - sent)))
        }
        let eventID = nextEventID()
        items.commit(turn.id, eventID: eventID)
        send(.commitAudio(eventID: eventID))
    }

    private mutating func dropHeardTurn() {
        if let heardTurn, heardTurn.samples > 0 { send(.clearAudio) }
        heardTurn = nil
    }

    private mutating func remove(_ id: String) {
        let key = items.list.last { $0.entry.id == id }?.entry.key
        for part in key.map({ items.remove($0) }) ?? [] { send(.deleteItem(id: part.name)) }
    }

    /// Keeps of an answer what was heard.
    private mutating func truncate(_ id: String, to text: String, milliseconds: Int) {
        let isRunning = answers.contains { $0.request.itemID == id && $0.progress != .waiting }
        if let answer = answers.first(where: { $0.request.itemID == id }) { cancel(answer.id) }
        guard let item = items[id] else { return }
        items.setText(text, of: id)
        guard case .present(let parts) = item.presence, case .turn(let turn) = item.entry else { return }
        if text.isEmpty {
            if !isRunning { forgetUnheard(id) }
        } else if parts.contains(where: { $0.samples > 0 }) {
            let heard = SpeechFormat.samples(inMilliseconds: milliseconds)
            truncate(id, parts, to: heard, isRunning: isRunning)
        } else if turn.text != text, !isRunning {
            rewrite(id)
        }
    }

    /// Takes an answer of which nothing was heard away from the upstream.
    mutating func forgetUnheard(_ id: String) {
        guard let item = items[id], item.entry.isEmpty, case .present(let parts) = item.presence else { return }
        for part in parts { send(.deleteItem(id: part.name)) }
        items.setParts([], of: id)
    }

    private mutating func truncate(_ id: String, _ parts: [UpstreamItems.Part], to heard: Int, isRunning: Bool) {
        var rest = heard
        var kept: [UpstreamItems.Part] = []
        for var part in parts {
            if part.samples <= rest, !(isRunning && part == parts.last) {
                rest -= part.samples
            } else if rest > 0 || kept.isEmpty {
                part.samples = min(rest, part.samples)
                rest = 0
                let milliseconds = SpeechFormat.milliseconds(ofSample: part.samples)
                send(.truncateItem(id: part.name, contentIndex: part.contentIndex, milliseconds: milliseconds))
            } else {
                send(.deleteItem(id: part.name))
                continue
            }
            kept.append(part)
        }
        items.setParts(kept, of: id)
    }

    /// Replaces an answer that the upstream has in words alone: it has been told of it after a reconnection.
    private mutating func rewrite(_ id: String) {
        guard let item = items[id], case .present(let parts) = item.presence else { return }
        for part in parts { send(.deleteItem(id: part.name)) }
        let name = items.name(for: item.entry, isFirst: false)
        items.setParts([.init(name: name)], of: id)
        send(.createItem(item.entry, id: name, after: items.predecessor(of: id)))
    }
}
