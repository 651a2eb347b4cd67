public import Chat
internal import Responders
internal import SherpaONNX

/// Speaks with a model on this machine.
public struct LocalVoice: SpeechSynthesizer {
    private let model: LocalModel
    /// The names of its speakers, from speaker 0 on.
    private let voices: [String]
    private let speed: Float
    /// Whose phonemes it reads, by eSpeak NG's name; nil where it reads letters.
    private let phonemeVoice: String?

    /// - Parameter program: see ``LocalModel/init(_:program:)``.
    /// - Throws: ``SherpaError`` if the folder has no model that speaks.
    public init(_ settings: LocalSettings.Synthesis, program: String? = nil) throws {
        phonemeVoice = try SynthesisModel(folder: settings.model).phonemeVoice
        model = LocalModel(.synthesis(model: settings.model, threads: settings.threads), program: program)
        voices = settings.voices
        speed = Float(settings.speed)
    }

    /// Loads the model, if it is not loaded.
    /// - Throws: ``LocalSpeechError``.
    public func load() async throws { try await model.load() }

    /// The speech of a text, while it is made. Whoever stops reading it, stops the voice.
    /// - Returns: nil if there is neither a letter nor a digit in the text.
    public func speech(of text: String, voice: String) -> AsyncThrowingStream<[Int16], any Error>? {
        let text = SpeakableText(text).text
        guard !text.isEmpty else { return nil }
        return .produced { continuation in
            let order = SpeechOrder(
                script: try await script(of: text), speaker: voices.firstIndex(of: voice) ?? 0, speed: speed)
            try await model.speak(order) { speech in
                if case .terminated = continuation.yield(speech) { false } else { true }
            }
        }
    }

    private func script(of text: String) async throws(ResponderError) -> Synthesizer.Script {
        guard let phonemeVoice else { return .text(text) }
        return .phonemes([try await Phonemes.scalars(of: text, voice: phonemeVoice)])
    }
}
