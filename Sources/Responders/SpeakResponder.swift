internal import Audio

/// Reads typed text aloud, sentence by sentence, each with a voice that knows its letters.
///
/// It is pulled: a sentence is synthesised when the one before has been taken. Its words come before its sound. Who
/// wants to read gets the text as it was typed.
public struct SpeakResponder: ConversationResponder {
    /// `speak`.
    public let name = "speak"

    private let voices: VoiceCatalog

    /// - Parameter voices: the voices that read.
    public init(voices: VoiceCatalog = .standard) { self.voices = voices }

    /// The longest text that is read in one turn, in UTF-8 bytes: some six hours of speech.
    private static let limit = 400_000

    /// - Throws: ``ResponderError``: no turn of the user, no text in it, too much of it, nothing in it that a voice can
    ///   say, or no such voice. While it is iterated, ``ResponderError/voiceFailed(voice:reason:)``.
    public func respond(
        to conversation: Conversation
    ) throws -> any AsyncSequence<ResponsePiece, any Error> & Sendable {
        let text = try conversation.turnToAnswer().text
        guard text.contains(where: { !$0.isWhitespace }) else { throw ResponderError.noText(responder: name) }
        guard text.utf8.count <= Self.limit else {
            throw ResponderError.textTooLong(bytes: text.utf8.count, limit: Self.limit)
        }
        if conversation.output == .text { return WrittenAnswer(text) }
        let chosen = try voices.voice(named: conversation.voice)
        let reading = Reading(sentences: SentenceSplitter.pieces(of: text), voices: voices, chosen: chosen)
        guard reading.canBeSaid else { throw ResponderError.unspeakable(text: text) }
        return reading
    }
}

private struct Reading: AsyncSequence, Sendable {
    typealias Element = ResponsePiece
    typealias Failure = any Error

    let sentences: [SentenceSplitter.Piece]
    let voices: VoiceCatalog
    let chosen: Voice

    /// True if there is a sentence that a voice can say.
    var canBeSaid: Bool {
        sentences.contains { voices.voice(for: SpeakableText($0.text), chosen: chosen) != nil }
    }

    func makeAsyncIterator() -> Iterator { Iterator(sentences: sentences[...], voices: voices, chosen: chosen) }

    struct Iterator: AsyncIteratorProtocol {
        /// Those that have not begun.
        var sentences: ArraySlice<SentenceSplitter.Piece>
        let voices: VoiceCatalog
        let chosen: Voice
        private var speech: AsyncThrowingStream<[Int16], any Error>.Iterator?
        /// The silence owed before the next sound, in samples.
        private var pause = 0
        private var nextPause = 0
        private var hasSpoken = false
        private var lastText = ""

        init(sentences: ArraySlice<SentenceSplitter.Piece>, voices: VoiceCatalog, chosen: Voice) {
            self.sentences = sentences
            self.voices = voices
            self.chosen = chosen
        }

        mutating func next() async throws -> ResponsePiece? {
            while true {
                try Task.checkCancellation()
                if let piece = try await speech?.next(isolation: #isolation) {
                    hasSpoken = true
                    guard pause > 0 else { return .speech(piece) }
                    defer { pause = 0 }
                    return .speech(Array(repeating: 0, count: pause) + piece)
                }
                if speech != nil {
                    speech = nil
                    pause = nextPause
                }
                try Task.checkCancellation()
                guard let sentence = sentences.popFirst() else {
                    // The library may still find nothing to say in what looked like it, such as foreign digits.
                    if !hasSpoken { throw ResponderError.unspeakable(text: lastText) }
                    return nil
                }
                lastText = sentence.text
                let text = SpeakableText(sentence.text)
                // What no voice can say, such as an emoji between two sentences, is only shown.
                if let voice = voices.voice(for: text, chosen: chosen) {
                    speech = voices.engine(of: voice).speech(of: text, as: voice).makeAsyncIterator()
                    nextPause = Self.pause(after: sentence.end)
                }
                return .transcript(sentence.text)
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
            return SpeechFormat.samples(inMilliseconds: milliseconds)
        }
    }
}
