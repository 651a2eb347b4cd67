public import Responders

/// A part of a chat.
public protocol ChatPart: Sendable {
    /// Somebody begins to speak: soon it will be needed. Must return at once.
    func prepare()

    /// Whether it can be reached.
    func isThere() async -> Bool
}

extension ChatPart {
    /// Nothing to prepare.
    public func prepare() {}

    /// What works on this machine is there.
    public func isThere() async -> Bool { true }
}

/// Understands speech.
public protocol SpeechRecognizer: ChatPart {
    /// The words of a turn, 24 kHz mono, to be put together as they come; none if nothing was said.
    func words(in speech: [Int16]) -> AsyncThrowingStream<String, any Error>
}

/// Finds the words of an answer.
public protocol LanguageModel: ChatPart {
    /// Answers a conversation in which every turn has its text.
    func answer(_ conversation: Conversation) -> AsyncThrowingStream<LanguageModelOutput, any Error>
}

/// What a ``LanguageModel`` yields.
public enum LanguageModelOutput: Sendable, Equatable {
    /// More of the answer, Markdown.
    case text(String)
    /// A function call begins; ``functionCall(_:)`` of this `callID` ends it.
    case functionCallStarted(callID: String, name: String)
    /// More of the arguments of a call that has begun.
    case functionCallArguments(callID: String, delta: String)
    /// A function to be called, complete.
    case functionCall(FunctionCall)
    /// What the answer has cost.
    case usage(TokenUsage)
    /// What may still be asked.
    case rateLimits([RateLimit])
}

/// Speaks.
public protocol SpeechSynthesizer: ChatPart {
    /// The speech of a sentence or a clause, 24 kHz mono; made at once, whether or not it is read yet.
    /// - Parameters:
    ///   - text: without markup; there may be emoji in it.
    ///   - voice: one of its own.
    /// - Returns: nil if nothing in the text can be said.
    func speech(of text: String, voice: String) throws -> AsyncThrowingStream<[Int16], any Error>?
}
