import CSherpaONNX

/// Speaks, one text at a time.
public final class Synthesizer {
    /// What is to be said.
    public enum Script: Sendable, Equatable, Codable {
        /// Letters, for models that have a lexicon.
        case text(String)
        /// The phonemes of each sentence, for the others: Unicode scalars of the phonetic alphabet and punctuation.
        case phonemes([[Int32]])
    }

    /// Samples a second of its speech.
    public let sampleRate: Int
    /// How many speakers the model has.
    public let speakerCount: Int

    private let library: SherpaLibrary
    private let pointer: OpaquePointer

    /// Loads a model.
    /// - Throws: ``SherpaError/modelRefused(folder:)``. What the model lacks inside may end the process.
    public init(_ model: SynthesisModel, threads: Int = 2, library: SherpaLibrary) throws(SherpaError) {
        let string = CStrings()
        var config = sherpa_synthesizer_config()
        config.threads = Int32(clamping: max(1, threads))
        config.provider = string("cpu")
        config.sentences_at_once = 1
        config.silence_scale = 0.2
        config.rule_fsts = string(model.ruleFSTs)
        config.rule_fars = string(model.ruleFARs)
        // The scales are the library's own defaults: zero would mean zero.
        switch model.family {
        case .vits(let graph):
            config.vits = string(graph)
            config.vits_tokens = string(model.tokens)
            config.vits_lexicon = string(model.lexicon)
            config.vits_noise_scale = 0.667
            config.vits_noise_scale_w = 0.8
            config.vits_length_scale = 1
        case .matcha(let graph, let vocoder):
            config.matcha = string(graph)
            config.matcha_vocoder = string(vocoder)
            config.matcha_tokens = string(model.tokens)
            config.matcha_lexicon = string(model.lexicon)
            config.matcha_noise_scale = 1
            config.matcha_length_scale = 1
        case .kokoro(let graph, let voices):
            config.kokoro = string(graph)
            config.kokoro_voices = string(voices)
            config.kokoro_tokens = string(model.tokens)
            config.kokoro_lexicon = string(model.lexicon)
            config.kokoro_language = string(model.phonemeVoice)
            config.kokoro_length_scale = 1
        }
        guard let pointer = withExtendedLifetime(string, { library.functions.createSynthesizer(&config) }) else {
            throw .modelRefused(folder: model.folder)
        }
        self.pointer = pointer
        self.library = library
        sampleRate = Int(library.functions.sampleRate(pointer))
        // Models that know of one speaker say that there is none.
        speakerCount = max(1, Int(library.functions.speakerCount(pointer)))
    }

    deinit { library.functions.destroySynthesizer(pointer) }

    /// Speaks, and hands over each sentence as it is made.
    /// - Parameters:
    ///   - speaker: by number, from 0; the last one for numbers that no speaker has.
    ///   - take: mono, -1 to 1; answers false to stop.
    /// - Throws: ``SherpaError/unspeakable(text:)``. Characters that no token stands for may end the process.
    public func speak(
        _ script: Script, speaker: Int = 0, speed: Float = 1, _ take: (UnsafeBufferPointer<Float>) -> Bool
    ) throws(SherpaError) {
        var config = sherpa_generation_config()
        config.silence_scale = 0.2
        config.speed = speed
        config.speaker = Int32(clamping: min(max(speaker, 0), speakerCount - 1))
        var text = ""
        var phonemes: [Int32] = []
        var counts: [Int32] = []
        switch script {
        case .text(let words): text = words
        case .phonemes(let sentences):
            let spoken = sentences.filter { !$0.isEmpty }
            phonemes = Array(spoken.joined())
            counts = spoken.map { Int32(clamping: $0.count) }
        }
        let speech = withoutActuallyEscaping(take) { take in
            phonemes.withUnsafeBufferPointer { phonemes in
                counts.withUnsafeBufferPointer { counts in
                    if !phonemes.isEmpty {
                        config.phonemes = phonemes.baseAddress
                        config.phoneme_counts = counts.baseAddress
                        config.sentence_count = Int32(clamping: counts.count)
                    }
                    let taker = Taker(take)
                    return withExtendedLifetime(taker) {
                        library.functions.speak(
                            pointer, text, &config,
                            { samples, count, _, context in
                                guard let context else { return 0 }
                                let taker = Unmanaged<Taker>.fromOpaque(context).takeUnretainedValue()
                                return taker.take(UnsafeBufferPointer(start: samples, count: Int(count))) ? 1 : 0
                            }, Unmanaged.passUnretained(taker).toOpaque())
                    }
                }
            }
        }
        guard let speech else { throw .unspeakable(text: text) }
        library.functions.destroySpeech(speech)
    }

    /// Carries the closure through the C callback.
    private final class Taker {
        let take: (UnsafeBufferPointer<Float>) -> Bool
        init(_ take: @escaping (UnsafeBufferPointer<Float>) -> Bool) { self.take = take }
    }
}
