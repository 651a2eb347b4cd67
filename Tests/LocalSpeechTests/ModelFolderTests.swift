import Foundation
import SherpaONNX
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct ModelFolderTests {
    /// Files with the names of published models, and with metadata as far as a name does not tell.
    private func folder(_ names: [String], metadata: [String: String] = [:]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in names { try folder.file(name, Data(count: 3_000_000) + Self.entries(metadata)) }
        return folder
    }

    /// As protobuf writes the metadata of an ONNX model.
    private static func entries(_ metadata: [String: String]) -> Data {
        metadata.reduce(into: Data()) { data, entry in
            data += [0x0A, UInt8(entry.key.utf8.count)] + Data(entry.key.utf8)
            data += [0x12, UInt8(entry.value.utf8.count)] + Data(entry.value.utf8)
        }
    }

    @Test(
        arguments: [
            (["tiny.en-encoder.int8.onnx", "tiny.en-decoder.int8.onnx", "tiny.en-tokens.txt"], [:]),
            (["encoder-epoch-99.onnx", "decoder-epoch-99.onnx", "joiner-epoch-99.onnx", "tokens.txt"], [:]),
            (["encoder.int8.onnx", "decoder.int8.onnx", "joiner.int8.onnx", "tokens.txt"], ["model_author": "NeMo"]),
            (
                [
                    "preprocess.onnx", "encode.int8.onnx", "uncached_decode.int8.onnx", "cached_decode.int8.onnx",
                    "tokens.txt",
                ], [:]
            ),
            (["encoder_model.ort", "decoder_model_merged.ort", "tokens.txt"], [:]),
            (["model.int8.onnx", "model.onnx", "tokens.txt"], ["model_type": "sense_voice_ctc"]),
            (["model.int8.onnx", "tokens.txt"], ["model_type": "paraformer"]),
            (["model.onnx", "tokens.txt"], ["model_type": "EncDecCTCModelBPE"]),
            (["model.onnx", "tokens.txt"], ["model_type": "zipformer2_ctc"]),
        ] as [([String], [String: String])])
    func recognisersAreKnownByTheirFiles(names: [String], metadata: [String: String]) throws {
        let folder = try folder(names, metadata: metadata)
        #expect(try RecognitionModel(folder: folder.url.path).folder == folder.url.path)
    }

    @Test(
        arguments: [
            (["en_US-amy-low.onnx", "en_US-amy-low.onnx.json", "tokens.txt"], ["voice": "en-us"], "en-us"),
            (["model.onnx", "tokens.txt", "lexicon.txt", "date.fst", "number.fst"], [:], nil),
            (["model-steps-3.onnx", "vocos-22khz-univ.onnx", "tokens.txt", "lexicon.txt"], [:], nil),
            (["model.onnx", "voices.bin", "tokens.txt"], [:], "en-us"),
            (["model.onnx", "voices.bin", "tokens.txt", "lexicon-us-en.txt", "lexicon-zh.txt"], [:], nil),
        ] as [([String], [String: String], String?)])
    func voicesAreKnownByTheirFiles(names: [String], metadata: [String: String], phonemes: String?) throws {
        let folder = try folder(names, metadata: metadata)
        #expect(try SynthesisModel(folder: folder.url.path).phonemeVoice == phonemes)
    }

    @Test(arguments: [[], ["tokens.txt"], ["model.onnx"], ["model.onnx", "tokens.txt"], ["readme.md"]])
    func whatIsMissingIsSaid(names: [String]) throws {
        let folder = try folder(names)
        let error = #expect(throws: SherpaError.self) { try RecognitionModel(folder: folder.url.path) }
        #expect("\(try #require(error))".contains("Expected is tokens.txt with the graphs"))
        if !names.contains("tokens.txt") || names == ["tokens.txt"] {
            #expect(throws: SherpaError.self) { try SynthesisModel(folder: folder.url.path) }
        }
    }
}
