import CSherpaONNX

/// Recognises what was said, one turn at a time.
public final class Recognizer {
    private let library: SherpaLibrary
    private let pointer: OpaquePointer

    /// Loads a model.
    /// - Parameters:
    ///   - language: what is spoken, for models that ask (Whisper, SenseVoice), e.g. `en`; empty if they are to find
    ///     out.
    ///   - threads: that share the work.
    /// - Throws: ``SherpaError/modelRefused(folder:)``. What the model lacks inside may end the process.
    public init(
        _ model: RecognitionModel, language: String = "", threads: Int = 2, library: SherpaLibrary
    ) throws(SherpaError) {
        let string = CStrings()
        var config = sherpa_recognizer_config()
        config.sample_rate = 16_000
        config.feature_count = 80
        config.tokens = string(model.tokens)
        config.threads = Int32(clamping: max(1, threads))
        config.provider = string("cpu")
        config.decoding_method = string("greedy_search")
        switch model.family {
        case .whisper(let encoder, let decoder):
            config.whisper_encoder = string(encoder)
            config.whisper_decoder = string(decoder)
            config.whisper_language = string(language)
            config.whisper_task = string("transcribe")
            config.whisper_tail_paddings = -1
        case .transducer(let encoder, let decoder, let joiner, let type):
            config.transducer_encoder = string(encoder)
            config.transducer_decoder = string(decoder)
            config.transducer_joiner = string(joiner)
            config.model_type = string(type)
        case .moonshine(let preprocessor, let encoder, let uncachedDecoder, let cachedDecoder):
            config.moonshine_preprocessor = string(preprocessor)
            config.moonshine_encoder = string(encoder)
            config.moonshine_uncached_decoder = string(uncachedDecoder)
            config.moonshine_cached_decoder = string(cachedDecoder)
        case .mergedMoonshine(let encoder, let decoder):
            config.moonshine_encoder = string(encoder)
            config.moonshine_merged_decoder = string(decoder)
        case .paraformer(let graph): config.paraformer = string(graph)
        case .senseVoice(let graph):
            config.sense_voice = string(graph)
            config.sense_voice_language = string(language)
            config.sense_voice_writes_numbers = 1
        case .nemoCTC(let graph): config.nemo_ctc = string(graph)
        case .zipformerCTC(let graph): config.zipformer_ctc = string(graph)
        }
        guard let pointer = withExtendedLifetime(string, { library.functions.createRecognizer(&config) }) else {
            throw .modelRefused(folder: model.folder)
        }
        self.pointer = pointer
        self.library = library
    }

    deinit { library.functions.destroyRecognizer(pointer) }

    /// The words of a turn; empty if there are none.
    /// - Parameters:
    ///   - samples: mono, -1 to 1. What is shorter than half a second is heard with silence behind it: some models
    ///     make the library end the process where there is less than one of their windows.
    ///   - sampleRate: any; the library brings it to the model's.
    public func recognize(_ samples: [Float], sampleRate: Int) -> String {
        guard let stream = library.functions.createStream(pointer) else { return "" }
        defer { library.functions.destroyStream(stream) }
        let missing = max(0, sampleRate / 2 - samples.count)
        let heard = samples + Array(repeating: 0, count: missing)
        library.functions.accept(stream, Int32(clamping: sampleRate), heard, Int32(clamping: heard.count))
        library.functions.decode(pointer, stream)
        guard let result = library.functions.recognition(stream) else { return "" }
        defer { library.functions.destroyRecognition(result) }
        return result.pointee.text.map { String(cString: $0) } ?? ""
    }
}
