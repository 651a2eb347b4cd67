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

    private static let flite: [Voice] = [
        ("slt", "English, US, a woman", "cmu_us_slt", 1),
        ("rms", "English, US, a man", "cmu_us_rms", 1),
        ("awb", "English, Scottish, a man", "cmu_us_awb", 1),
    ].map { name, description, engineVoice, gain in
        Voice(
            name: name, language: name == "awb" ? "en-GB" : "en-US", description: description, engine: "flite",
            script: .latin, engineVoice: engineVoice, gain: gain)
    }

    #if ESpeakNG
        private static let espeakName = "espeak-ng"

        /// Languages that eSpeak NG 1.51 was heard to speak. Japanese (no kanji) and Thai are not among them.
        private static let espeak: [Voice] = [
            ("cmn", "Mandarin Chinese", WritingSystem.han, "cmn-latn-pinyin"),
            ("yue", "Cantonese", .han, "yue"),
            ("ko", "Korean", .hangul, "ko"),
            ("hi", "Hindi", .devanagari, "hi"),
            ("ar", "Arabic", .arabic, "ar"),
            ("ru", "Russian", .cyrillic, "ru"),
            ("en", "English, US, formant synthesis", .latin, "en-us"),
            ("es", "Spanish", .latin, "es"),
            ("fr", "French", .latin, "fr"),
            ("de", "German", .latin, "de"),
            ("it", "Italian", .latin, "it"),
            ("pt-BR", "Portuguese, Brazil", .latin, "pt-br"),
            ("nl", "Dutch", .latin, "nl"),
            ("pl", "Polish", .latin, "pl"),
            ("sv", "Swedish", .latin, "sv"),
            ("tr", "Turkish", .latin, "tr"),
            ("vi", "Vietnamese", .latin, "vi"),
            ("id", "Indonesian", .latin, "id"),
            ("uk", "Ukrainian", .cyrillic, "uk"),
            ("el", "Greek", .greek, "el"),
            ("he", "Hebrew", .hebrew, "he"),
            ("fa", "Persian", .arabic, "fa"),
            ("bn", "Bengali", .bengali, "bn"),
            ("ta", "Tamil", .tamil, "ta"),
            ("te", "Telugu", .telugu, "te"),
            ("ka", "Georgian", .georgian, "ka"),
        ].map { name, description, script, engineVoice in
            Voice(
                name: name.lowercased(), language: name, description: description, engine: espeakName, script: script,
                engineVoice: engineVoice + "+f2", gain: 1)
        }
    #endif
}
