import Chat
import LocalSpeech
import Responders
import Scripting

extension OfferedResponder {
    /// Recognition and synthesis on this machine.
    /// - Parameters:
    ///   - others: what may find the answers, as far as it is set up.
    ///   - voice: what the settings want, if it has it.
    ///   - embedded: the voices that come with Visavis, which speak where no model does.
    /// - Throws: ``StageError`` if what is to find the answers is not set up.
    init(
        _ settings: LocalSettings, among others: ResponderSettings, voice: String, embedded: [OfferedVoice]
    ) throws(StageError) {
        let model = try Self.answers(of: settings.answering, among: others)
        let voices =
            settings.synthesis.map { synthesis in
                synthesis.voices.map {
                    OfferedVoice(name: $0, language: "mul", description: synthesis.model, engine: "sherpa-onnx")
                }
            } ?? embedded
        let first = settings.synthesis?.voices.first ?? VoiceCatalog.defaultVoice
        self.init(
            name: "local", description: "Hears and speaks on this machine", voices: voices,
            defaultVoice: voices.contains { $0.name == voice } ? voice : first
        ) {
            let recognizer = LocalModel(settings.recognition)
            try await recognizer.load()
            var synthesizer: any SpeechSynthesizer = EmbeddedSpeech()
            if let synthesis = settings.synthesis {
                let voice = try LocalVoice(synthesis)
                try await voice.load()
                synthesizer = voice
            }
            return ChatResponder(
                name: "local", recognizer: LocalRecognizer(recognizer), model: model, synthesizer: synthesizer)
        }
    }

    private static func answers(
        of answering: LocalSettings.Answering, among others: ResponderSettings
    ) throws(StageError) -> any LanguageModel {
        switch answering {
        case .repeat: return LocalAnswers()
        case .chat:
            guard let chat = others.chat else { throw .missingResponder("chat", of: "local") }
            return ChatCompletions(chat.languageModel)
        case .script:
            guard let script = others.script else { throw .missingResponder("script", of: "local") }
            return LocalAnswers(ScriptResponder(script))
        }
    }
}
