/// A piece of an answer. Words precede, or come with, the sound in which they are heard.
public enum ResponsePiece: Sendable, Equatable {
    /// The language model has begun to answer, though there is nothing to be said yet. Told at most once, before
    /// everything else, and only by responders that know.
    case firstToken
    /// Words of the transcript, to be appended as they are.
    case transcript(String)
    /// Speech, 24 kHz mono.
    case speech([Int16])
    /// Words that are written instead of said, where ``Conversation/output`` is ``Conversation/Output/text``.
    case text(String)
    /// A function call begins whose arguments are told as they are written; ``functionCall(_:)`` of this `callID` ends it.
    case functionCallStarted(callID: String, name: String)
    /// More of the arguments of a call that has begun, to be appended as they are.
    case functionCallArguments(callID: String, delta: String)
    /// A function that the client is asked to call, whole, whether or not it was told bit by bit before. The client
    /// answers with a ``ConversationEntry/functionOutput(_:)``.
    case functionCall(FunctionCall)
    /// What the answer has cost; the last told counts.
    case usage(TokenUsage)
}

/// Tokens that a model read and wrote for one answer.
public struct TokenUsage: Sendable, Equatable {
    /// Tokens read, all kinds together.
    public var inputTokens: Int
    /// Of these, how many were known from before.
    public var cachedTokens: Int
    /// Tokens written, all kinds together.
    public var outputTokens: Int

    /// Puts the parts together.
    public init(inputTokens: Int = 0, cachedTokens: Int = 0, outputTokens: Int = 0) {
        self.inputTokens = inputTokens
        self.cachedTokens = cachedTokens
        self.outputTokens = outputTokens
    }
}
