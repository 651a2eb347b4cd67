public import Foundation

/// A session as the archive has it.
public struct ArchivedSession: Sendable, Equatable {
    /// Its name on the wire and in logs.
    public var id: String
    /// The avatar's id.
    public var avatar: String
    /// What answers its turns.
    public var responder: String
    /// When it began.
    public var started: Date
    /// When its client left; nil while it is live.
    public var ended: Date?

    /// Puts the parts together.
    public init(id: String, avatar: String, responder: String, started: Date, ended: Date? = nil) {
        self.id = id
        self.avatar = avatar
        self.responder = responder
        self.started = started
        self.ended = ended
    }
}

/// Something that was said or typed in a session.
public struct ArchivedLine: Sendable, Equatable {
    /// Who said it.
    public enum Speaker: String, Sendable, CaseIterable {
        /// The person in front of the screen.
        case user
        /// The avatar.
        case assistant
        /// Whoever runs the application.
        case system
        /// A function that the responder called, or what it returned.
        case function
    }

    /// The item's name on the wire.
    public var itemID: String
    /// Who said it.
    public var speaker: Speaker
    /// The words; empty if they are not known.
    public var text: String
    /// When it was first heard, in milliseconds since the start of the session.
    public var startMs: Int
    /// When it was last heard, likewise; as ``startMs`` for what was typed.
    public var endMs: Int
    /// What became of an answer: `completed`, `cancelled`, `failed`; nil for everything else.
    public var status: String?
    /// How long an answer took to its steps: milliseconds by the names of the event `response.timeline`; nil for
    /// everything else.
    public var timings: [String: Double]?

    /// Puts the parts together.
    public init(
        itemID: String, speaker: Speaker, text: String, startMs: Int, endMs: Int, status: String? = nil,
        timings: [String: Double]? = nil
    ) {
        self.itemID = itemID
        self.speaker = speaker
        self.text = text
        self.startMs = startMs
        self.endMs = endMs
        self.status = status
        self.timings = timings
    }
}
