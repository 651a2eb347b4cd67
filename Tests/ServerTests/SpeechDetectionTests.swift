import Foundation
import Home
import Logging
import Server
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct SpeechDetectionTests {
    private let folder: TemporaryFolder
    private let home: VisavisHome
    private let logger = Logger(label: "test")

    init() throws {
        folder = try TemporaryFolder()
        home = VisavisHome(folder.url)
    }

    @Test func withoutAModelTheBuiltInDetectorHears() throws {
        let detection = try SpeechDetection("auto", home: home, logger: logger)
        #expect(detection.description == "the built-in detector")
        #expect(detection.warning == nil)
    }

    @Test(.enabled(if: TrainedModel.voiceDetector.exists)) func aModelInTheHomeFolderIsFound() throws {
        try folder.file("models/silero_vad.onnx", Data(contentsOf: URL(filePath: TrainedModel.voiceDetector.path)))
        let found = try SpeechDetection("auto", home: home, logger: logger)
        #expect(found.description.hasPrefix("Silero VAD"))
        let declined = try SpeechDetection("built-in", home: home, logger: logger)
        #expect(declined.description == "the built-in detector")
    }

    @Test func aBrokenModelIsWarnedOfIfItWasFoundAndAnErrorIfItWasNamed() throws {
        let file = try folder.file("models/silero_vad.onnx", Data("no graph".utf8))
        let found = try SpeechDetection("auto", home: home, logger: logger)
        #expect(found.description == "the built-in detector")
        #expect(found.warning?.contains(file.path) == true)
        #expect(throws: (any Error).self) { try SpeechDetection(file.path, home: home, logger: logger) }
    }
}
