internal import Audio

/// Everything said in a session, oldest first.
///
/// It is bounded, so that a session that runs for days does not grow: beyond ``itemLimit`` the oldest items are
/// forgotten, and beyond ``sampleLimit`` the sound, not the words, of the oldest items.
struct ConversationHistory: Sendable {
    /// The most items that are remembered.
    static let itemLimit = 1000
    /// The most samples that are remembered, two minutes or 6 MB; of the newest item all are, however long it is.
    static let sampleLimit = 120 * SpeechFormat.sampleRate

    private(set) var items: [ConversationItem] = []

    /// The newest item's id.
    var lastID: String? { items.last?.id }

    /// The item with this id.
    subscript(id: String) -> ConversationItem? {
        items.first { $0.id == id }
    }

    /// Adds an item.
    /// - Parameter previousID: the item to insert behind, `root` for the beginning, `nil` for the end.
    /// - Returns: the id of the item before it.
    @discardableResult
    mutating func insert(_ item: ConversationItem, after previousID: String? = nil) throws(EventError) -> String? {
        guard self[item.id] == nil else {
            throw EventError(
                code: .itemAlreadyExists,
                message: "There is an item \(item.id.quotedForMessage) already. Choose another id, or leave it out.",
                param: "item.id")
        }
        var index =
            switch previousID {
            case nil: items.count
            case "root": 0
            case let id?: try position(of: id, param: "previous_item_id") + 1
            }
        // Before the item is there: it may be about to become the oldest.
        makeRoom(at: &index)
        items.insert(item, at: index)
        forgetOldestSound()
        return index > 0 ? items[index - 1].id : nil
    }

    /// Replaces the item of the same id; does nothing if the client deleted it.
    mutating func update(_ item: ConversationItem) {
        guard let index = items.firstIndex(where: { $0.id == item.id }) else { return }
        items[index] = item
    }

    /// Removes an item.
    mutating func delete(_ id: String) throws(EventError) {
        let index = try position(of: id, param: "item_id")
        guard items[index].status != .inProgress else { throw Self.inProgress(id) }
        items.remove(at: index)
    }

    /// Keeps of the avatar's speech what was heard.
    ///
    /// An item only ever gets shorter: after the server's own estimate the client's measurement can refine it
    /// downward, and a later end than the present one changes nothing.
    /// - Returns: where the speech ends now, in milliseconds.
    mutating func truncate(_ id: String, toMs end: Int) throws(EventError) -> Int {
        let index = try position(of: id, param: "item_id")
        guard items[index].status != .inProgress else { throw Self.inProgress(id) }
        guard var message = items[index].message, var spoken = message.spoken else {
            throw EventError(
                code: .invalidValue,
                message: "Item \(id.quotedForMessage) is not speech of the avatar; only that can be truncated.",
                param: "item_id")
        }
        let sent = SpeechFormat.milliseconds(ofSample: spoken.sentSamples)
        guard end <= sent else {
            throw EventError(
                code: .invalidValue,
                message: "audio_end_ms is \(end), but item \(id.quotedForMessage) has only \(sent) ms of sound.",
                param: "audio_end_ms")
        }
        if SpeechFormat.samples(inMilliseconds: end) < spoken.transcript.sampleCount {
            spoken.transcript.truncate(to: SpeechFormat.samples(inMilliseconds: end))
            message.spoken = spoken
            message.content = [.speech(.init(transcript: spoken.transcript.text))]
            items[index].body = .message(message)
            items[index].status = .incomplete
        }
        return min(end, SpeechFormat.milliseconds(ofSample: spoken.transcript.sampleCount))
    }

    /// Everything that is final, in the order of the conversation, but for calls that broke off: nobody can make them.
    var finalItems: [ConversationItem] {
        items.filter { $0.status == .completed || $0.status == .incomplete && $0.message != nil }
    }

    /// Takes the words of a spoken turn; does nothing if the client deleted it.
    mutating func transcribe(_ id: String, _ text: String) {
        guard let index = items.firstIndex(where: { $0.id == id }) else { return }
        items[index].changeMessage { $0.transcribe(text) }
    }

    private func position(of id: String, param: String) throws(EventError) -> Int {
        guard let index = items.firstIndex(where: { $0.id == id }) else { throw Self.notFound(id, param: param) }
        return index
    }

    /// The error for an id that no item has.
    static func notFound(_ id: String, param: String) -> EventError {
        EventError(
            code: .itemNotFound, message: "There is no item \(id.quotedForMessage) in this conversation.", param: param)
    }

    private static func inProgress(_ id: String) -> EventError {
        EventError(
            code: .itemInProgress,
            message: "Item \(id.quotedForMessage) is still being given. Send response.cancel first.",
            param: "item_id")
    }

    /// Forgets the oldest items, so that one more can be added at `index`, which moves with those behind them.
    private mutating func makeRoom(at index: inout Int) {
        // What is being spoken may be the oldest, and is still needed.
        while items.count >= Self.itemLimit, let oldest = items.firstIndex(where: { $0.status != .inProgress }) {
            items.remove(at: oldest)
            if oldest < index { index -= 1 }
        }
    }

    private mutating func forgetOldestSound() {
        var samples = items.reduce(0) { $0 + $1.sampleCount }
        // The newest turn is never forgotten: it is the one to be answered.
        for index in items.indices.dropLast() where samples > Self.sampleLimit && items[index].sampleCount > 0 {
            samples -= items[index].sampleCount
            items[index].changeMessage { $0.forgetSamples() }
        }
    }
}
