internal import Audio

/// Reads typed text aloud, sentence by sentence, each with a voice that knows its letters.
///
/// It is pulled: a sentence is synthesised when the one before has been taken. Its words come before its sound.
public struct SpeakResponder: Responder {
    /// `speak`.
    public let name = "speak"

    private let voices: VoiceCatalog

    /// - Parameter voices: the voices that read.
    public init(voices: VoiceCatalog = .standard) { self.voices = voices }

    /// - Throws: ``ResponderError``: no turn of the user, no text in it, nothing in the text that a voice can say,
    ///   or no such voice. While it is iterated, ``ResponderError/voiceFailed(voice:reason:)``.
    public func respond(
        to conversation: Conversation
    ) throws -> any AsyncSequence<ResponsePiece, any Error> & Sendable {
        let text = try conversation.turnToAnswer().text
        guard text.contains(where: { !$0.isWhitespace }) else { throw ResponderError.noText(responder: name) }
        let chosen = try voices.voice(named: conversation.voice)
        let sentences = SentenceSplitter.pieces(of: text).map { piece in
            let speakable = SpeakableText(piece.text)
            let voice = voices.voice(for: speakable, chosen: chosen)
            return ReadSentence(piece: piece, speakable: speakable, voice: voice)
        }
        guard sentences.contains(where: { $0.voice != nil }) else { throw ResponderError.unspeakable(text: text) }
        return Reading(sentences: sentences, voices: voices)
    }
}

/// A sentence, what of it can be said, and by whom; by nobody if `voice` is nil.
private struct ReadSentence: Sendable {
    let piece: SentenceSplitter.Piece
    let speakable: SpeakableText
    let voice: Voice?
}

private struct Reading: AsyncSequence, Sendable {
    typealias Element = ResponsePiece
    typealias Failure = any Error

    let sentences: [ReadSentence]
    let voices: VoiceCatalog

    func makeAsyncIterator() -> Iterator { Iterator(sentences: sentences[...], voices: voices) }

    struct Iterator: AsyncIteratorProtocol {
        /// Those that have not begun.
        var sentences: ArraySlice<ReadSentence>
        let voices: VoiceCatalog
        private var speech: AsyncThrowingStream<[Int16], any Error>.Iterator?
        /// The silence owed before the next sound, in samples.
        private var pause = 0
        private var nextPause = 0

        init(sentences: ArraySlice<ReadSentence>, voices: VoiceCatalog) {
            self.sentences = sentences
            self.voices = voices
        }

        mutating func next() async throws -> ResponsePiece? {
            while true {
                try Task.checkCancellation()
                if let piece = try await speech?.next(isolation: #isolation) {
                    defer { pause = 0 }
                    return .speech(Array(repeating: 0, count: pause) + piece)
                }
                if speech != nil {
                    speech = nil
                    pause = nextPause
                }
                try Task.checkCancellation()
                guard let sentence = sentences.popFirst() else { return nil }
                if let voice = sentence.voice {
                    speech = voices.engine(of: voice).speech(of: sentence.speakable, as: voice).makeAsyncIterator()
                    nextPause = Self.pause(after: sentence.piece.end)
                }
                return .transcript(sentence.piece.text)
            }
        }

        /// What people leave between sentences and clauses.
        private static func pause(after end: SentenceSplitter.Piece.End) -> Int {
            let milliseconds =
                switch end {
                case .sentence: 320
                case .clause: 160
                case .limit: 40
                }
            return SpeechFormat.sampleRate * milliseconds / 1_000
        }
    }
}
