#if ESpeakNG
    internal import CEspeakNG
    internal import Foundation

    /// eSpeak NG: a formant synthesiser that speaks a hundred languages, 1 ms a second of speech.
    ///
    /// The library is one global machine with one current voice; this actor is its only user.
    actor ESpeakEngine: VoiceEngine {
        static let shared = ESpeakEngine()

        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
        private let executor = SerialQueueExecutor(label: "visavis.espeak-ng")
        /// 0 until the library has been started.
        private var sampleRate: Int32 = 0

        func speak(
            _ text: SpeakableText, as voice: Voice, _ take: @escaping @Sendable ([Int16]) -> Bool
        ) throws(ResponderError) {
            guard !Task.isCancelled, !text.text.isEmpty else { return }
            if sampleRate <= 0 { try start(for: voice) }
            let output = ESpeakOutput(output: EngineOutput(gain: voice.gain, take: take), sampleRate: Int(sampleRate))
            for run in Self.runs(of: text.text, as: voice) {
                guard espeak_SetVoiceByName(run.voice) == EE_OK else {
                    throw .voiceFailed(
                        voice: voice.name,
                        reason: "eSpeak NG has no \"\(run.voice)\"; install espeak-ng-data")
                }
                let user = Unmanaged.passUnretained(output).toOpaque()
                let status = withExtendedLifetime(output) {
                    espeak_Synth(
                        run.text, run.text.utf8.count + 1, 0, POS_CHARACTER, 0, UInt32(espeakCHARS_UTF8), nil, user)
                }
                guard status == EE_OK else {
                    throw .voiceFailed(voice: voice.name, reason: "eSpeak NG error \(status.rawValue)")
                }
            }
            if let failure = output.output.finish() { throw .voiceFailed(voice: voice.name, reason: failure) }
        }

        /// The phonemes of a text in the phonetic alphabet, clause by clause, each with the mark that ends it.
        /// - Parameter name: eSpeak NG's own name of a voice, e.g. `en-us`.
        func phonemes(of text: String, voice name: String) throws(ResponderError) -> String {
            if sampleRate <= 0 { try start(for: name) }
            guard espeak_SetVoiceByName(name) == EE_OK else {
                throw .voiceFailed(voice: name, reason: "eSpeak NG has no such voice; install espeak-ng-data")
            }
            var phonemes = ""
            var clause = ""
            for character in text + "\n" {
                let isMark = ",.;:!?，。；：！？、".contains(character)
                guard isMark || character.isNewline else {
                    clause.append(character)
                    continue
                }
                phonemes += Self.phonemes(ofClause: clause)
                // The marks that voices were trained on.
                if isMark { phonemes.append(Self.marks[character] ?? character) }
                if !clause.isEmpty { phonemes.append(" ") }
                clause = ""
            }
            return phonemes.trimmingCharacters(in: .whitespaces)
        }

        private static let marks: [Character: Character] = [
            "，": ",", "、": ",", "。": ".", "；": ";", "：": ":", "！": "!", "？": "?",
        ]

        private static func phonemes(ofClause clause: String) -> String {
            guard clause.contains(where: { $0.isLetter || $0.isNumber }) else { return "" }
            return clause.withCString { text in
                var rest: UnsafeRawPointer? = UnsafeRawPointer(text)
                var phonemes: [String] = []
                let inIPA: Int32 = 2
                while rest != nil {
                    guard let found = espeak_TextToPhonemes(&rest, Int32(espeakCHARS_UTF8), inIPA) else { break }
                    phonemes.append(String(cString: found))
                }
                // "(en)" and the like: where it changes its language.
                return phonemes.joined(separator: " ").replacing(/\([a-z-]+\)/, with: "")
            }
        }

        private func start(for voice: Voice) throws(ResponderError) { try start(for: voice.name) }

        private func start(for voice: String) throws(ResponderError) {
            sampleRate = espeak_Initialize(
                AUDIO_OUTPUT_SYNCHRONOUS, 60, nil, Int32(espeakINITIALIZE_DONT_EXIT))
            guard sampleRate > 0 else {
                throw .voiceFailed(
                    voice: voice, reason: "eSpeak NG does not find its data; install espeak-ng-data")
            }
            espeak_SetSynthCallback { samples, count, events in
                // No samples: the end of the text.
                guard let samples else { return 0 }
                guard let user = events?.pointee.user_data else { return 1 }
                let output = Unmanaged<ESpeakOutput>.fromOpaque(user).takeUnretainedValue()
                let speech = UnsafeBufferPointer(start: samples, count: max(0, Int(count)))
                return output.output.put(speech, sampleRate: output.sampleRate) ? 0 : 1
            }
        }

        /// Which of eSpeak NG's voices says which part of the text.
        ///
        /// Its voices read Latin words among their own letters as English by themselves, but for Mandarin: there,
        /// the voice that knows the characters takes Latin letters for pinyin, and the voice that takes them for
        /// English spells the pinyin of the characters in English (1.51).
        static func runs(of text: String, as voice: Voice) -> [(voice: String, text: String)] {
            guard voice.script == .han, voice.engineVoice.hasPrefix("cmn") else { return [(voice.engineVoice, text)] }
            let english = voice.engineVoice.replacing("cmn-latn-pinyin", with: "en-us")
            var runs: [(voice: String, text: String)] = []
            for character in text {
                // Digits, marks and spaces go with what is before them.
                let isNeutral = !character.isLetter
                let name = WritingSystem(of: String(character)) == .latin ? english : voice.engineVoice
                if let last = runs.indices.last, isNeutral || runs[last].voice == name {
                    runs[last].text.append(character)
                } else {
                    runs.append((isNeutral ? voice.engineVoice : name, String(character)))
                }
            }
            return runs
        }
    }

    private final class ESpeakOutput {
        let output: EngineOutput
        let sampleRate: Int

        init(output: EngineOutput, sampleRate: Int) {
            self.output = output
            self.sampleRate = sampleRate
        }
    }
#endif
