import Foundation

/// A model that speaks, by the files that its folder has.
public struct SynthesisModel: Sendable, Equatable {
    /// The families of models, with their graphs.
    enum Family: Sendable, Equatable {
        case vits(String)
        case matcha(String, vocoder: String)
        case kokoro(String, voices: String)
    }

    /// The folder.
    public let folder: String
    /// The eSpeak NG voice whose phonemes the model reads, e.g. `en-us`; nil where it reads letters by its lexicon.
    public let phonemeVoice: String?
    /// What it speaks, as the model says; nil where it does not.
    public let language: String?
    let family: Family
    let tokens: String
    let lexicon: String?
    let ruleFSTs: String?
    let ruleFARs: String?

    /// What folders are recognised, for people.
    private static let expected =
        "tokens.txt with the graphs of a voice: VITS or Piper (one graph), Matcha (model-steps-*.onnx and a vocoder, "
        + "vocos*.onnx or hifigan*.onnx) or Kokoro (model.onnx and voices.bin); "
        + "https://k2-fsa.github.io/sherpa/onnx/tts/pretrained_models lists them"

    /// Recognises the model in a folder.
    /// - Throws: ``SherpaError/unknownLayout(folder:found:expected:)``.
    public init(folder path: String) throws(SherpaError) {
        let folder = ModelFolder(path)
        self.folder = path
        (tokens, family) = try folder.model(Self.family, expected: Self.expected)
        let graph: String
        switch family {
        case .vits(let model), .matcha(let model, _), .kokoro(let model, _): graph = model
        }
        let lexicons = folder.names.filter { $0.hasPrefix("lexicon") && $0.hasSuffix(".txt") }.map { "\(path)/\($0)" }
        lexicon = lexicons.isEmpty ? nil : lexicons.joined(separator: ",")
        ruleFSTs = folder.list(".fst")
        ruleFARs = folder.list(".far")
        let metadata = GraphMetadata(graph)
        language = metadata["language"]
        phonemeVoice = lexicon == nil ? metadata["voice"] ?? "en-us" : nil
    }

    private static func family(of folder: ModelFolder) -> Family? {
        let vocoder = folder.graph("vocos") ?? folder.graph("hifigan")
        if let vocoder, let model = folder.graph("model") { return .matcha(model, vocoder: vocoder) }
        if let voices = folder.file("voices.bin"), let model = folder.graph("model") {
            return .kokoro(model, voices: voices)
        }
        let graphs = folder.graphs()
        return (graphs.first { $0.contains("int8") } ?? graphs.first).map { .vits($0) }
    }
}
