public import Chat
public import Responders

/// Finds the answers where no language model does: says again what was understood, or asks a responder.
public struct LocalAnswers: LanguageModel {
    private let responder: (any ConversationResponder)?

    /// Says again what was understood.
    public init() { responder = nil }

    /// - Parameter responder: is asked to answer in writing.
    public init(_ responder: any ConversationResponder) { self.responder = responder }

    /// Answers the last turn of the user.
    public func answer(_ conversation: Conversation) -> AsyncThrowingStream<LanguageModelOutput, any Error> {
        .produced { continuation in
            guard let responder else {
                continuation.yield(.text(try conversation.turnToAnswer().text))
                return
            }
            var conversation = conversation
            conversation.output = .text
            for try await piece in try responder.respond(to: conversation) {
                switch piece {
                case .text(let words), .transcript(let words): continuation.yield(.text(words))
                case .functionCall(let call): continuation.yield(.functionCall(call))
                case .usage(let usage): continuation.yield(.usage(usage))
                // A call that was told bit by bit is told as a whole, too.
                case .firstToken, .speech, .functionCallStarted, .functionCallArguments: break
                }
            }
        }
    }
}
