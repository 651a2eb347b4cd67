/// What the voices that come with Visavis make of a sentence.
package struct EmbeddedSynthesizer: Sendable {
    private let voices: VoiceCatalog

    /// - Parameter voices: the voices that read.
    package init(voices: VoiceCatalog = .standard) { self.voices = voices }

    /// The speech of a text, 24 kHz mono, while it is being made, in the chosen voice or, for other letters, in one that
    /// knows them.
    /// - Returns: nil if nothing in the text can be said.
    /// - Throws: ``ResponderError/unknownVoice(_:known:)``; the stream ``ResponderError/voiceFailed(voice:reason:)``.
    package func speech(
        of text: String, voice: String
    ) throws(ResponderError) -> AsyncThrowingStream<[Int16], any Error>? {
        let chosen = try voices.voice(named: voice)
        let text = SpeakableText(text)
        guard let voice = voices.voice(for: text, chosen: chosen) else { return nil }
        return voices.engine(of: voice).speech(of: text, as: voice)
    }

    /// Without what cannot be said, such as emoji and control characters; empty if nothing can.
    package static func speakable(_ text: String) -> String { SpeakableText(text).text }
}
