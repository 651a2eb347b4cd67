internal import CFlite

/// Carnegie Mellon's Flite: statistical parametric voices for English ("Clustergen"; Black 2006).
///
/// Flite computes the parameters of a whole text first, some 6 ms a second of speech, then the sound piece by
/// piece, 10 ms a second.
actor FliteEngine: VoiceEngine {
    static let shared = FliteEngine()

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    private let executor = SerialQueueExecutor(label: "visavis.flite")
    private var voices: [String: UnsafeMutablePointer<cst_voice>] = [:]

    /// Samples of 16 kHz that Flite hands over at a time: 60 ms.
    private static let piece: Int32 = 960

    func speak(
        _ text: SpeakableText, as voice: Voice, _ take: @escaping @Sendable ([Int16]) -> Bool
    ) throws(ResponderError) {
        let ascii = text.ascii
        guard !Task.isCancelled, ascii.contains(where: { $0.isLetter || $0.isNumber }) else { return }
        guard let flite = load(voice.engineVoice) else {
            throw .voiceFailed(voice: voice.name, reason: "Flite cannot load it; install flite1-dev")
        }
        guard let utterance = utt_init(new_utterance(), flite) else {
            throw .voiceFailed(voice: voice.name, reason: "out of memory")
        }
        defer { delete_utterance(utterance) }
        let output = EngineOutput(gain: voice.gain, take: take)
        visavis_stream(utterance, Self.take, Self.piece, Unmanaged.passUnretained(output).toOpaque())
        utt_set_input_text(utterance, ascii)
        let done = withExtendedLifetime(output) { utt_synth(utterance) }
        if let failure = output.finish() { throw .voiceFailed(voice: voice.name, reason: failure) }
        if done == nil { throw .voiceFailed(voice: voice.name, reason: "Flite cannot say the text") }
    }

    private static let take: cst_audio_stream_callback = { wave, start, count, _, info in
        guard let wave, let samples = wave.pointee.samples, let user = info?.pointee.userdata else {
            return CST_AUDIO_STREAM_STOP
        }
        let output = Unmanaged<EngineOutput>.fromOpaque(user).takeUnretainedValue()
        let speech = UnsafeBufferPointer(start: samples + Int(start), count: max(0, Int(count)))
        let goesOn = output.put(speech, sampleRate: Int(wave.pointee.sample_rate))
        return goesOn ? CST_AUDIO_STREAM_CONT : CST_AUDIO_STREAM_STOP
    }

    private func load(_ name: String) -> UnsafeMutablePointer<cst_voice>? {
        if let voice = voices[name] { return voice }
        if voices.isEmpty { flite_init() }
        switch name {
        case "cmu_us_slt": voices[name] = register_cmu_us_slt(nil)
        case "cmu_us_rms": voices[name] = register_cmu_us_rms(nil)
        case "cmu_us_awb": voices[name] = register_cmu_us_awb(nil)
        default: break
        }
        return voices[name]
    }
}
