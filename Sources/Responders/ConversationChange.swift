/// What happened in a conversation, in the order in which it happened.
public enum ConversationChange: Sendable {
    /// The user begins to speak; what they say will become the item of this name.
    case turnStarted(id: String)
    /// What they say, 24 kHz mono, as it comes; the first piece begins a little before their first word.
    case turnHeard(id: String, [Int16])
    /// What was heard of a turn is not to be answered: the client cleared it.
    case turnDropped(id: String)
    /// An item entered the conversation behind the one named `after`; nil for the beginning. A turn of the user that
    /// was spoken has all its sound, whether or not ``turnHeard(id:_:)`` told of it before.
    case inserted(ConversationEntry, after: String?)
    /// An item left the conversation.
    case removed(id: String)
    /// Of what the avatar said only this much was heard.
    case truncated(id: String, text: String, heardMilliseconds: Int)
    /// The client changed what holds for all answers: voice, instructions, tools. The entries are left out.
    case configured(Conversation)
}

/// What a ``ResponderSession`` tells beside its answers.
public enum ResponderNotice: Sendable, Equatable {
    /// More of the words of a spoken turn.
    case transcript(itemID: String, delta: String)
    /// All words of a spoken turn.
    case transcribed(itemID: String, text: String)
    /// The words of a spoken turn cannot be had.
    case transcriptionFailed(itemID: String, reason: String)
    /// What may still be asked of the service behind.
    case rateLimits([RateLimit])
    /// The service behind is out of reach, or refuses. Tried again after `retry`; nil if that is of no use.
    case unreachable(reason: String, retry: Duration?)
    /// The service behind is there again.
    case reachable
}

/// One of the limits of a service behind.
public struct RateLimit: Sendable, Equatable {
    /// What is limited: `requests` or `tokens`.
    public var name: String
    /// How much is allowed in all.
    public var limit: Int
    /// How much is left.
    public var remaining: Int
    /// Until all is allowed again, in seconds.
    public var resetSeconds: Double

    /// Puts the parts together.
    public init(name: String, limit: Int, remaining: Int, resetSeconds: Double) {
        self.name = name
        self.limit = limit
        self.remaining = remaining
        self.resetSeconds = resetSeconds
    }
}
