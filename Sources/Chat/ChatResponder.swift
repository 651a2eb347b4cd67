public import Responders

/// Answers with three parts: one understands speech, one finds the words of the answer, one speaks them.
public struct ChatResponder: Responder {
    /// The name by which it is chosen.
    public let name: String
    /// Its answers come from services, wherever they run.
    public let isUpstream = true

    let recognizer: (any SpeechRecognizer)?
    let model: any LanguageModel
    let synthesizer: any SpeechSynthesizer

    /// Puts the parts together.
    /// - Parameter recognizer: nil if only typed turns can be answered.
    public init(
        name: String, recognizer: (any SpeechRecognizer)?, model: any LanguageModel,
        synthesizer: any SpeechSynthesizer
    ) {
        self.name = name
        self.recognizer = recognizer
        self.model = model
        self.synthesizer = synthesizer
    }

    /// `chat`: the parts are services.
    public init(_ settings: ChatSettings) {
        self.init(
            name: "chat", recognizer: settings.transcription.map { Transcriptions($0) },
            model: ChatCompletions(settings.languageModel),
            synthesizer: settings.synthesis.map { SpeechService($0) } ?? EmbeddedSpeech())
    }

    /// A session that understands each spoken turn as soon as it has ended.
    public func join() -> any ResponderSession { ChatSession(self) }
}
