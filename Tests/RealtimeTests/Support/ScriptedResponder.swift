import Responders
import Synchronization

/// Answers every turn with the same pieces.
struct ScriptedResponder: Responder {
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

    /// A sentence and a half: `seconds` of sound in pieces of `pieceLength` samples, with words before them.
    static func speech(seconds: Double, pieceLength: Int = 2400) -> [ResponsePiece] {
        let samples = (0..<Int(seconds * 24_000)).map { Int16(truncatingIfNeeded: $0) }
        var pieces: [ResponsePiece] = [.transcript("Hello there, ")]
        for start in stride(from: 0, to: samples.count, by: pieceLength) {
            pieces.append(.speech(Array(samples[start..<min(start + pieceLength, samples.count)])))
        }
        pieces.insert(.transcript("how are you?"), at: pieces.count / 2 + 1)
        return pieces
    }
}
