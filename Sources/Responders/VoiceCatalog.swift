/// The voices that this build has.
public struct VoiceCatalog: Sendable {
    /// All voices that the libraries offer.
    public static let standard = VoiceCatalog()

    /// The voice of sessions that choose none.
    public static let defaultVoice = "slt"

    /// The voices, in the order in which people should see them.
    public let voices: [Voice]

    private init() {
        var voices = Self.flite
        #if ESpeakNG
            voices += Self.espeak
        #endif
        self.voices = voices
    }

    /// The voice with this name.
    /// - Throws: ``ResponderError/unknownVoice(_:known:)``.
    public func voice(named name: String) throws(ResponderError) -> Voice {
        guard let voice = voices.first(where: { $0.name == name }) else {
            throw .unknownVoice(name, known: voices.map(\.name))
        }
        return voice
    }

    /// The voice that reads `text`: `chosen` if it knows the letters, otherwise the first that does.
    /// - Returns: nil if nothing in the text can be said, or no voice knows its letters.
    func voice(for text: SpeakableText, chosen: Voice) -> Voice? {
        guard !text.text.isEmpty else { return nil }
        guard let script = WritingSystem(of: text.text), script != chosen.script else { return chosen }
        return voices.first { $0.script == script }
    }

    /// The library behind `voice`.
    func engine(of voice: Voice) -> any VoiceEngine {
        #if ESpeakNG
            if voice.engine == Self.espeakName { return ESpeakEngine.shared }
        #endif
        return FliteEngine.shared
    }

    private static let flite = [
        Voice(
            name: "slt", language: "en-US", description: "English, US, a woman", engine: "flite", script: .latin,
            engineVoice: "cmu_us_slt", level: -14.2),
        Voice(
            name: "rms", language: "en-US", description: "English, US, a man", engine: "flite", script: .latin,
            engineVoice: "cmu_us_rms", level: -19.8),
        Voice(
            name: "awb", language: "en-GB", description: "English, Scottish, a man", engine: "flite", script: .latin,
            engineVoice: "cmu_us_awb", level: -18.5),
    ]

    #if ESpeakNG
        private static let espeakName = "espeak-ng"

        /// Languages that eSpeak NG 1.51 does speak; Japanese, of which it knows no kanji, and Thai are not among
        /// them. The variant "f2" makes a woman of each, as the default voice is one.
        private static let espeak: [Voice] = [
            ("cmn", "Mandarin Chinese", WritingSystem.han, "cmn-latn-pinyin", -16.7),
            ("yue", "Cantonese", .han, "yue", -17.0),
            ("ko", "Korean", .hangul, "ko", -18.1),
            ("hi", "Hindi", .devanagari, "hi", -18.8),
            ("ar", "Arabic", .arabic, "ar", -18.6),
            ("ru", "Russian", .cyrillic, "ru", -20.1),
            ("en", "English, US, formant synthesis", .latin, "en-us", -19.3),
            ("es", "Spanish", .latin, "es", -19.0),
            ("fr", "French", .latin, "fr", -19.9),
            ("de", "German", .latin, "de", -18.1),
            ("it", "Italian", .latin, "it", -17.6),
            ("pt-BR", "Portuguese, Brazil", .latin, "pt-br", -18.1),
            ("nl", "Dutch", .latin, "nl", -19.5),
            ("pl", "Polish", .latin, "pl", -17.8),
            ("sv", "Swedish", .latin, "sv", -17.8),
            ("tr", "Turkish", .latin, "tr", -19.6),
            ("vi", "Vietnamese", .latin, "vi", -17.0),
            ("id", "Indonesian", .latin, "id", -17.7),
            ("uk", "Ukrainian", .cyrillic, "uk", -17.8),
            ("el", "Greek", .greek, "el", -19.9),
            ("he", "Hebrew", .hebrew, "he", -17.1),
            ("fa", "Persian", .arabic, "fa", -17.3),
            ("bn", "Bengali", .bengali, "bn", -16.4),
            ("ta", "Tamil", .tamil, "ta", -19.4),
            ("te", "Telugu", .telugu, "te", -17.6),
            ("ka", "Georgian", .georgian, "ka", -16.4),
        ].map { language, description, script, engineVoice, level in
            Voice(
                name: language.lowercased(), language: language, description: description, engine: espeakName,
                script: script, engineVoice: engineVoice + "+f2", level: level)
        }
    #endif
}
