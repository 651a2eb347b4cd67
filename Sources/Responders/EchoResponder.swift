internal import Audio

/// Answers a spoken turn with the user's own audio, in pieces of 100 ms; in writing, with the words of the turn.
public struct EchoResponder: ConversationResponder {
    /// `echo`.
    public let name = "echo"

    /// Nothing to set.
    public init() {}

    /// - Throws: ``ResponderError/noSpeech(responder:)`` if the last turn of the user was typed and is to be said,
    ///   ``ResponderError/unknownWords(responder:)`` if it was spoken and is to be written,
    ///   ``ResponderError/nothingToAnswer`` if there is none.
    public func respond(
        to conversation: Conversation
    ) throws -> any AsyncSequence<ResponsePiece, any Error> & Sendable {
        let turn = try conversation.turnToAnswer()
        if conversation.output == .text {
            guard !turn.text.isEmpty else { throw ResponderError.unknownWords(responder: name) }
            return WrittenAnswer(turn.text)
        }
        guard !turn.speech.isEmpty else { throw ResponderError.noSpeech(responder: name) }
        return Echo(turn: turn)
    }
}

private struct Echo: AsyncSequence, Sendable {
    typealias Element = ResponsePiece
    typealias Failure = any Error

    let turn: Turn

    func makeAsyncIterator() -> Iterator { Iterator(turn: turn) }

    struct Iterator: AsyncIteratorProtocol {
        let turn: Turn
        private var saidText = false
        private var position = 0

        init(turn: Turn) { self.turn = turn }

        mutating func next() async throws -> ResponsePiece? {
            try Task.checkCancellation()
            if !saidText {
                saidText = true
                if !turn.text.isEmpty { return .transcript(turn.text) }
            }
            guard position < turn.speech.count else { return nil }
            let end = Swift.min(position + SpeechFormat.pieceLength, turn.speech.count)
            defer { position = end }
            return .speech(Array(turn.speech[position..<end]))
        }
    }
}
