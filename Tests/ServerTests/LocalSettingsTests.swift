import Foundation
import LocalSpeech
import Responders
import TestSupport
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(10))) struct LocalSettingsTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in ["encoder.onnx", "decoder.onnx", "tokens.txt"] { try folder.file("whisper/\(name)") }
        try folder.file("empty/readme.txt")
    }

    private func settings(_ lines: String) throws -> ServerSettings {
        let yaml = "responders:\n  local:\n" + lines
        return try ServerSettings(flags: [:], environment: [:], file: folder.file("visavis.yaml", yaml.utf8))
    }

    @Test func aRecogniserIsEnough() throws {
        let settings = try settings("    recognition:\n      model: whisper\n")
        let catalog = try ResponderCatalog(settings, voices: .standard)
        #expect(settings.responders.local?.answering == .repeat)
        #expect(catalog.offers.last?.name == "local")
        #expect(catalog.offers.last?.hasVoice("slt") == true)
    }

    @Test func aFolderWithoutAModelIsAnErrorWithItsLine() throws {
        let error = #expect(throws: (any Error).self) {
            try settings("    recognition:\n      model: empty\n")
        }
        let text = "\(try #require(error))"
        #expect(text.contains("visavis.yaml:4: `responders.local.recognition.model`"))
        #expect(text.contains("It has readme.txt"))
    }

    @Test func aLanguageModelThatIsNotSetUpIsAnError() throws {
        let settings = try settings("    recognition:\n      model: whisper\n    answer: chat\n")
        #expect(throws: StageError.missingResponder("chat", of: "local")) {
            try ResponderCatalog(settings, voices: .standard)
        }
    }
}
