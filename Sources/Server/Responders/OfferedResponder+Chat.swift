import Chat
import Responders

extension OfferedResponder {
    /// Recognition, a language model and synthesis, each a service.
    /// - Parameters:
    ///   - voice: what the settings want, if it has it.
    ///   - embedded: the voices that come with Visavis, which speak where no service does.
    init(_ settings: ChatSettings, voice: String, embedded: [OfferedVoice]) {
        let voices =
            settings.synthesis.map { synthesis in
                synthesis.voices.map {
                    OfferedVoice(name: $0, language: "mul", description: synthesis.service.model, engine: "chat")
                }
            } ?? embedded
        let first = settings.synthesis?.voices.first ?? VoiceCatalog.defaultVoice
        self.init(
            name: "chat", description: "Talks: \(settings.languageModel.service.model)", voices: voices,
            defaultVoice: voices.contains { $0.name == voice } ? voice : first
        ) {
            ChatResponder(settings)
        }
    }
}
