/// Echoes what is said, and reads aloud what is typed: the responder for a first meeting.
public struct AutoResponder: ConversationResponder {
    /// `auto`.
    public let name = "auto"

    private let echo = EchoResponder()
    private let speak: SpeakResponder

    /// - Parameter voices: the voices that read.
    public init(voices: VoiceCatalog = .standard) { speak = SpeakResponder(voices: voices) }

    /// - Throws: what ``EchoResponder`` and ``SpeakResponder`` throw.
    public func respond(
        to conversation: Conversation
    ) throws -> any AsyncSequence<ResponsePiece, any Error> & Sendable {
        let isSpoken = try !conversation.turnToAnswer().speech.isEmpty
        return isSpoken ? try echo.respond(to: conversation) : try speak.respond(to: conversation)
    }
}
