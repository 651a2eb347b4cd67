public import Settings

/// What the responder `chat` is made of.
public struct ChatSettings: Sendable, Equatable {
    /// What understands speech; nil if nothing does, and only typed turns are answered.
    public var transcription: TranscriptionSettings?
    /// What answers.
    public var languageModel: LanguageModelSettings
    /// What speaks; nil for the voices that come with Visavis.
    public var synthesis: SynthesisSettings?

    /// Typed turns, answered with the embedded voices.
    public init(languageModel: LanguageModelSettings) { self.languageModel = languageModel }

    /// Reads the section `chat`.
    /// - Throws: ``SettingsError``.
    public init(_ section: inout SettingsSection) throws(SettingsError) {
        guard var languageModel = try section.section("language_model") else {
            throw section.missing("language_model", expected: "a section with base_url and model")
        }
        self.languageModel = try LanguageModelSettings(&languageModel)
        try languageModel.finish()
        if var transcription = try section.section("transcription") {
            self.transcription = try TranscriptionSettings(&transcription)
            try transcription.finish()
        }
        if var synthesis = try section.section("synthesis") {
            self.synthesis = try SynthesisSettings(&synthesis)
            try synthesis.finish()
        }
    }
}

/// What understands speech: `/audio/transcriptions`.
public struct TranscriptionSettings: Sendable, Equatable {
    /// The service.
    public var service: ServiceSettings
    /// What is spoken, an ISO 639-1 code; nil if the service is to find out.
    public var language: String?
    /// Words that help it, such as names; nil for none.
    public var prompt: String?
    /// Whether to ask for the words as they are found.
    public var streams = true

    /// A service that finds out the language itself.
    public init(service: ServiceSettings) { self.service = service }

    init(_ section: inout SettingsSection) throws(SettingsError) {
        self.init(service: try ServiceSettings(&section))
        language = try section.text("language")
        prompt = try section.text("prompt")
        streams = try section.flag("stream") ?? streams
    }
}

/// What answers: `/chat/completions`.
public struct LanguageModelSettings: Sendable, Equatable {
    /// The service.
    public var service: ServiceSettings
    /// What it is told of its part, unless the session has instructions.
    public var instructions =
        "You are talking with somebody face to face. Answer in the language they speak, in a sentence or two, in plain "
        + "words without lists or formatting."
    /// How freely it chooses words, 0 to 2; nil for the service's own.
    public var temperature: Double?
    /// The most tokens of an answer; nil for the service's own.
    public var maximumTokens: Int?

    /// A service as it comes.
    public init(service: ServiceSettings) { self.service = service }

    init(_ section: inout SettingsSection) throws(SettingsError) {
        self.init(service: try ServiceSettings(&section))
        instructions = try section.text("instructions") ?? instructions
        temperature = try section.number("temperature", in: 0...2)
        maximumTokens = try section.number("max_tokens", in: 1...1_000_000)
    }
}

/// What speaks: `/audio/speech`.
public struct SynthesisSettings: Sendable, Equatable {
    /// How sound travels.
    public enum Format: String, Sendable, CaseIterable {
        /// Bare 16-bit samples, little-endian, mono.
        case pcm
        /// The same behind a header that tells the rate.
        case wav
    }

    /// The service.
    public var service: ServiceSettings
    /// The names of its voices; the first is the one of sessions that choose none. Never empty.
    public var voices: [String]
    /// How sound travels.
    public var format = Format.pcm
    /// Samples a second of ``Format/pcm``.
    public var sampleRate = 24_000
    /// How fast it speaks; 1 is the voice's own pace.
    public var speed: Double?

    /// A service with its voices.
    public init(service: ServiceSettings, voices: [String]) {
        self.service = service
        self.voices = voices
    }

    init(_ section: inout SettingsSection) throws(SettingsError) {
        let service = try ServiceSettings(&section)
        guard let voices = try section.texts("voices") else {
            throw section.missing("voices", expected: "the service's names of its voices, the first for everybody")
        }
        self.init(service: service, voices: voices)
        format = try section.choice("format") ?? format
        sampleRate = try section.number("sample_rate", in: 8_000...48_000) ?? sampleRate
        speed = try section.number("speed", in: 0.25...4)
    }
}
