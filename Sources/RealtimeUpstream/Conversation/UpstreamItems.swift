internal import Audio
internal import Responders

/// The items of the conversation in our names, and which of them the upstream has under which.
struct UpstreamItems {
    /// One item.
    struct Item {
        var entry: ConversationEntry
        var presence = Presence.absent
    }

    /// How far the upstream has an item.
    enum Presence: Equatable {
        case absent
        /// Its sound is committed; the upstream has yet to name it.
        case unnamed
        case present([Part])
    }

    /// What the upstream has for an item, or a part of it: an answer may be several messages.
    struct Part: Equatable {
        var name: String
        /// Where the sound is in it.
        var contentIndex = 0
        /// Samples of speech in it, as far as they have come; 0 for what was written.
        var samples = 0
    }

    /// The most items, and the most samples, that are kept: as many as a session keeps.
    private static let limit = (items: 1000, samples: 120 * SpeechFormat.sampleRate)
    /// The longest name that upstreams take.
    private static let longestName = 32

    private(set) var list: [Item] = []
    /// Turns whose sound has been committed, in that order, until the upstream names them.
    private(set) var unnamed: [(eventID: String, key: String)] = []
    private var inventedNames = 0

    subscript(key: String) -> Item? { list.first { $0.entry.key == key } }

    /// What the upstream is to have.
    var keys: [String] { list.compactMap { $0.entry.isEmpty ? nil : $0.entry.key } }

    // MARK: What we know

    /// Adds an item behind another, nil for the beginning, or takes what is new of one that is there.
    /// - Returns: true if it was not there.
    mutating func insert(_ entry: ConversationEntry, after previous: String?) -> Bool {
        if let index = index(entry.key) {
            list[index].entry = entry
            return false
        }
        let position = previous.map { id in index(named: id).map { $0 + 1 } ?? list.count } ?? 0
        list.insert(Item(entry: entry), at: position)
        forgetOldSound()
        return true
    }

    /// Adds an item at the end, unless it is there.
    mutating func append(_ entry: ConversationEntry) {
        if self[entry.key] == nil { list.append(Item(entry: entry)) }
    }

    /// Removes an item.
    /// - Returns: what the upstream has of it.
    mutating func remove(_ key: String) -> [Part] {
        guard let index = index(key) else { return [] }
        guard case .present(let parts) = list.remove(at: index).presence else { return [] }
        return parts
    }

    /// Removes the oldest items beyond the limit.
    /// - Returns: what the upstream has of them.
    mutating func forgetOldest() -> [Part] {
        var parts: [Part] = []
        while list.count > Self.limit.items { parts += remove(list[0].entry.key) }
        return parts
    }

    /// The words of an item, in place of those before; the sound of a turn is not needed any more once there are some.
    mutating func setText(_ text: String, of key: String) {
        update(key) { turn in
            turn.text = text
            if !text.isEmpty { turn.speech = [] }
        }
    }

    /// More words of an answer.
    mutating func append(text: String, to key: String) {
        update(key) { $0.text += text }
    }

    // MARK: What the upstream has

    /// The connection is gone, and with it everything.
    mutating func lose() {
        for index in list.indices { list[index].presence = .absent }
        unnamed = []
    }

    /// A name for an item that is to be created: ours, if the upstream takes it and has not had it.
    mutating func name(for entry: ConversationEntry, isFirst: Bool = true) -> String {
        if isFirst, !entry.id.isEmpty, entry.id.utf8.count <= Self.longestName { return entry.id }
        inventedNames += 1
        return "visavis_\(inventedNames)"
    }

    /// The upstream has this part of an item.
    mutating func add(_ part: Part, to key: String) {
        guard let index = index(key) else { return }
        if case .present(let parts) = list[index].presence {
            list[index].presence = .present(parts + [part])
        } else {
            list[index].presence = .present([part])
        }
    }

    /// More sound of an answer has come.
    mutating func add(samples: Int, contentIndex: Int, to name: String, of key: String) {
        updateParts(of: key) { parts in
            guard let part = parts.firstIndex(where: { $0.name == name }) else { return }
            parts[part].samples += samples
            parts[part].contentIndex = contentIndex
        }
    }

    /// The upstream has these parts of an item, and no others.
    mutating func setParts(_ parts: [Part], of key: String) {
        updateParts(of: key) { $0 = parts }
    }

    /// The sound of a turn is committed.
    mutating func commit(_ key: String, eventID: String) {
        guard let index = index(key) else { return }
        list[index].presence = .unnamed
        unnamed.append((eventID, key))
    }

    /// The upstream has named the item of the oldest commit.
    /// - Returns: the name, if the item has been removed meanwhile: the upstream is not to keep it.
    mutating func named(_ name: String) -> String? {
        guard !unnamed.isEmpty else { return nil }
        let key = unnamed.removeFirst().key
        guard self[key] != nil else { return name }
        add(Part(name: name), to: key)
        return nil
    }

    /// The upstream has refused a commit.
    mutating func refused(eventID: String) {
        unnamed.removeAll { $0.eventID == eventID }
    }

    /// Which item of ours has this name upstream.
    func key(ofName name: String) -> String? {
        list.first { item in
            guard case .present(let parts) = item.presence else { return false }
            return parts.contains { $0.name == name }
        }?.entry.key
    }

    /// What an item is to be created behind: nil for the end, `root` for the beginning.
    func predecessor(of key: String) -> String? {
        guard let index = index(key), list[(index + 1)...].contains(where: { $0.presence != .absent }) else {
            return nil
        }
        for item in list[..<index].reversed() {
            if case .present(let parts) = item.presence, let last = parts.last { return last.name }
        }
        return "root"
    }

    // MARK: -

    private func index(_ key: String) -> Int? { list.lastIndex { $0.entry.key == key } }

    private func index(named id: String) -> Int? { list.lastIndex { $0.entry.id == id } }

    private mutating func update(_ key: String, _ body: (inout Turn) -> Void) {
        guard let index = index(key), case .turn(var turn) = list[index].entry else { return }
        body(&turn)
        list[index].entry = .turn(turn)
    }

    private mutating func updateParts(of key: String, _ body: (inout [Part]) -> Void) {
        guard let index = index(key), case .present(var parts) = list[index].presence else { return }
        body(&parts)
        list[index].presence = .present(parts)
    }

    private mutating func forgetOldSound() {
        var samples = list.reduce(0) { $0 + $1.entry.speech.count }
        for item in list.dropLast() where samples > Self.limit.samples {
            samples -= item.entry.speech.count
            update(item.entry.key) { $0.speech = [] }
        }
    }
}

extension ConversationEntry {
    /// What it is found by: its name, or for a call, which the session names late, what its output refers to.
    var key: String {
        if case .functionCall(let call) = self { "call " + call.callID } else { id }
    }

    /// The sound in it.
    var speech: [Int16] {
        if case .turn(let turn) = self { turn.speech } else { [] }
    }

    /// True if the upstream is not to have it: there is nothing in it, or it is from the system, whose words come as
    /// instructions.
    var isEmpty: Bool {
        guard case .turn(let turn) = self else { return false }
        return turn.speaker == .system || (turn.text.isEmpty && turn.speech.isEmpty)
    }
}
