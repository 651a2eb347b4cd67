import Foundation

/// A model that recognises speech, by the files that its folder has.
public struct RecognitionModel: Sendable, Equatable {
    /// The families of models, with their graphs.
    enum Family: Sendable, Equatable {
        case whisper(encoder: String, decoder: String)
        case transducer(encoder: String, decoder: String, joiner: String, type: String)
        case moonshine(preprocessor: String, encoder: String, uncachedDecoder: String, cachedDecoder: String)
        case mergedMoonshine(encoder: String, decoder: String)
        case paraformer(String)
        case senseVoice(String)
        case nemoCTC(String)
        case zipformerCTC(String)
    }

    /// The folder.
    public let folder: String
    let family: Family
    let tokens: String

    /// What folders are recognised, for people.
    private static let expected =
        "tokens.txt with the graphs of a model for whole turns: Whisper (encoder, decoder), a transducer such as "
        + "Zipformer or Parakeet (encoder, decoder, joiner), Moonshine, or one graph that says that it is Paraformer, "
        + "SenseVoice, NeMo CTC or Zipformer CTC; https://k2-fsa.github.io/sherpa/onnx/pretrained_models lists them"

    /// Recognises the model in a folder.
    /// - Throws: ``SherpaError/unknownLayout(folder:found:expected:)``.
    public init(folder path: String) throws(SherpaError) {
        let folder = ModelFolder(path)
        self.folder = path
        (tokens, family) = try folder.model(Self.family, expected: Self.expected)
    }

    private static func family(of folder: ModelFolder) -> Family? {
        if let encoder = folder.graph("encode"), let preprocessor = folder.graph("preprocess"),
            let uncached = folder.graph("uncached_decode"), let cached = folder.graph("cached_decode", not: "uncached")
        {
            return .moonshine(
                preprocessor: preprocessor, encoder: encoder, uncachedDecoder: uncached, cachedDecoder: cached)
        }
        if let encoder = folder.graph("encoder_model", endings: [".ort", ".onnx"]),
            let decoder = folder.graph("decoder_model_merged", endings: [".ort", ".onnx"])
        {
            return .mergedMoonshine(encoder: encoder, decoder: decoder)
        }
        if let encoder = folder.graph("encoder"), let decoder = folder.graph("decoder") {
            guard let joiner = folder.graph("joiner") else { return .whisper(encoder: encoder, decoder: decoder) }
            // The library takes a transducer for one of icefall's unless it is told.
            let isNeMo = GraphMetadata(encoder)["model_author"] == "NeMo"
            return .transducer(
                encoder: encoder, decoder: decoder, joiner: joiner, type: isNeMo ? "nemo_transducer" : "transducer")
        }
        guard let model = folder.graph("model") ?? folder.graphs().first else { return nil }
        let type = GraphMetadata(model)["model_type"]?.lowercased() ?? ""
        if type.contains("paraformer") { return .paraformer(model) }
        if type.contains("sense_voice") { return .senseVoice(model) }
        if type.contains("encdec") { return .nemoCTC(model) }
        return type.contains("zipformer") ? .zipformerCTC(model) : nil
    }
}

extension ModelFolder {
    /// The graph with `part` in its name and without `other`.
    fileprivate func graph(_ part: String, not other: String) -> String? {
        let found = graphs(without: [other]).filter { $0.contains(part) }
        return found.first { $0.contains("int8") } ?? found.first
    }
}
