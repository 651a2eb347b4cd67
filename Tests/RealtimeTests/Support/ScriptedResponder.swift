import Responders
import Synchronization

/// Answers every turn with the same pieces.
struct ScriptedResponder: ConversationResponder {
    let name = "script"
    var pieces: [ResponsePiece]
    /// Thrown after the pieces, if there is one.
    var failure: ResponderError?
    /// Called with every conversation that is to be answered.
    var onRespond: @Sendable (Conversation) -> Void = { _ in }

    func respond(
        to conversation: Conversation
    ) throws -> any AsyncSequence<ResponsePiece, any Error> & Sendable {
        onRespond(conversation)
        let (stream, continuation) = AsyncThrowingStream<ResponsePiece, any Error>.makeStream()
        for piece in pieces { continuation.yield(piece) }
        continuation.finish(throwing: failure)
        return stream
    }

    /// Sample n is n, as far as that fits into one.
    private static let ramp = (0..<480_000).map { Int16(truncatingIfNeeded: $0) }

    /// A sentence and a half: `seconds` of sound in pieces of `pieceLength` samples, with words before them.
    static func speech(seconds: Double, pieceLength: Int = 2400) -> [ResponsePiece] {
        let samples = ramp.prefix(Int(seconds * 24_000))
        var pieces: [ResponsePiece] = [.transcript("Hello there, ")]
        for start in stride(from: 0, to: samples.count, by: pieceLength) {
            pieces.append(.speech(Array(samples[start..<min(start + pieceLength, samples.count)])))
        }
        pieces.insert(.transcript("how are you?"), at: pieces.count / 2 + 1)
        return pieces
    }
}
