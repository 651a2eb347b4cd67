public import LipSync
public import Responders

/// Sees what happens in a session: who keeps it, films it, or tells others of it.
public protocol SessionWitness: Sendable {
    /// Takes note of what happened. Called in the order in which things happen, on the path of sound and picture: it
    /// must return at once, and what takes time belongs into a task of the witness's own.
    /// - Parameter instant: when, by the session's clock.
    func see(_ event: SessionEvent, at instant: Duration)
}

/// What happened in a session.
public enum SessionEvent: Sendable {
    /// Sound of the client's microphone, 24 kHz mono, whether or not somebody speaks in it.
    case heard([Int16])
    /// The user begins to speak.
    case turnStarted
    /// The user has stopped.
    case turnEnded
    /// Something was typed, or said by the user, and is part of the conversation.
    case entered(ConversationEntry)
    /// The words of a spoken turn are known.
    case transcribed(itemID: String, text: String)
    /// An answer was asked for; `isSeen` if the client wants the picture, too.
    case responding(responseID: String, itemID: String, isSeen: Bool)
    /// Sound of the answer was sent.
    /// - `first`: the number of its first sample in the utterance.
    /// - `start`: when the utterance's first sample is heard at the earliest, by the session's clock; it moves later
    ///   where the client ran dry.
    case spoke(ArraySlice<Int16>, first: Int, start: Duration)
    /// A frame of the answer was sent.
    case showed(VideoFrame)
    /// How long the answer took to its steps, so far: milliseconds by the names of `response.timeline`.
    case timed(itemID: String, stepsMs: [String: Double])
    /// The answer is over: it has been sent, though perhaps not been heard to its end.
    case responded(FinishedResponse)
    /// Whatever is being played stops now.
    case interrupted
    /// Of what the avatar said only this much was heard.
    case truncated(itemID: String, text: String, heardMilliseconds: Int)
    /// The client shows this frame of the idle clip, and goes on from there.
    case idle(frame: Int)
    /// The client is gone. Nothing follows.
    case ended
}

/// An answer that is over.
public struct FinishedResponse: Sendable, Equatable {
    /// Its name on the wire.
    public var id: String
    /// The name of the item that it became.
    public var itemID: String
    /// `completed`, `cancelled` or `failed`.
    public var status: String
    /// The words that were heard, or will be.
    public var text: String
    /// How much was heard, or will be.
    public var heardMilliseconds: Int
    /// When the last that was sent is heard, by the session's clock.
    public var end: Duration

    /// Puts the parts together.
    public init(id: String, itemID: String, status: String, text: String, heardMilliseconds: Int, end: Duration) {
        self.id = id
        self.itemID = itemID
        self.status = status
        self.text = text
        self.heardMilliseconds = heardMilliseconds
        self.end = end
    }
}

extension RealtimeSession {
    /// The session's clock.
    public nonisolated var now: Duration { clock.now }

    /// Tells all who look on.
    func tell(_ event: SessionEvent) {
        guard !witnesses.isEmpty else { return }
        let now = clock.now
        for witness in witnesses { witness.see(event, at: now) }
    }
}
