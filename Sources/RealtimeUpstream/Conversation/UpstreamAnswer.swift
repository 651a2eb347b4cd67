internal import Audio
internal import Responders

/// An answer that the session has asked for.
struct UpstreamAnswer {
    /// How far it is.
    enum Progress: Equatable {
        /// The upstream has not been asked: it is away, or still busy with another answer.
        case waiting
        /// The upstream has been asked, by the event of this name.
        case asked(eventID: String)
        /// The upstream gives it, under this name.
        case running(upstreamID: String)
    }

    let request: ResponseRequest
    /// When the session asked.
    let askedAt: Duration
    var progress = Progress.waiting
    /// The session does not want it any more; the upstream has yet to confirm that it has ended.
    var isCancelled = false
    /// True once the session has got anything of it.
    var hasBegun = false
    /// The first half of a sample whose second half is in the next piece.
    private var halfSample: UInt8?

    init(_ request: ResponseRequest, at now: Duration) {
        self.request = request
        askedAt = now
    }

    var id: String { request.responseID }

    /// True if what is said becomes part of the conversation.
    var isInConversation: Bool { !request.isOutOfBand }

    /// The samples in a piece of sound, wherever the upstream has cut it.
    mutating func samples(in bytes: [UInt8]) -> [Int16] {
        var bytes = bytes
        if let first = halfSample.take() { bytes.insert(first, at: 0) }
        if !bytes.count.isMultiple(of: 2) { halfSample = bytes.popLast() }
        return (try? PCM16.samples(fromLittleEndian: bytes)) ?? []
    }
}
