import Foundation
import LocalSpeech
import TestSupport

/// Models of the layouts that sherpa-onnx loads, which have learnt nothing; `Fixtures/make.py` makes them.
enum SmallSpeechModel: String {
    /// Recognises gibberish.
    case recogniser
    /// Hums words that are in its lexicon.
    case voice
    /// Hums phonemes.
    case piper

    /// Its folder.
    var folder: String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(rawValue)").path
    }

    /// A copy, with one file changed; nil takes the file away.
    func copy(changing name: String, to bytes: Data?) throws -> TemporaryFolder {
        let copy = try TemporaryFolder()
        for file in try FileManager.default.contentsOfDirectory(atPath: folder) where file != name {
            try copy.file(file, Data(contentsOf: URL(filePath: "\(folder)/\(file)")))
        }
        if let bytes { try copy.file(name, bytes) }
        return copy
    }

    /// `visavis`, which is built beside the tests.
    static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "visavis").path

    /// A recogniser, in a process of its own.
    static func recognizer(_ folder: String = SmallSpeechModel.recogniser.folder) -> LocalModel {
        LocalModel(.recognition(model: folder, language: "", threads: 1), program: program)
    }

    /// What speaks in `folder`, in a process of its own.
    static func speaker(_ folder: String) throws -> LocalVoice {
        var settings = LocalSettings.Synthesis(model: folder)
        settings.threads = 1
        return try LocalVoice(settings, program: program)
    }
}
