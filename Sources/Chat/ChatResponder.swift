internal import AsyncHTTPClient
public import Responders

/// Answers with services: recognition, a language model, synthesis.
public struct ChatResponder: ConversationResponder {
    /// `chat`.
    public let name = "chat"

    /// - Parameter settings: the services.
    public init(_ settings: ChatSettings) {}

    /// Answers with services.
    public func respond(
        to conversation: Conversation
    ) throws -> any AsyncSequence<ResponsePiece, any Error> & Sendable {
        AsyncThrowingStream { $0.finish(throwing: ResponderError.nothingToAnswer) }
    }
}
