import Foundation
import SileroVAD
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct SileroModelTests {
    @Test func aMissingFileIsNamed() {
        #expect(throws: SileroError.missing(path: "/nowhere/silero_vad.onnx")) {
            try SileroModel("/nowhere/silero_vad.onnx")
        }
    }

    @Test(.enabled(if: TrainedModel.voiceDetector.exists), arguments: [0, 100, 1_000_000])
    func aTornFileIsUnusable(length: Int) throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "silero_vad.onnx")
        try Data(contentsOf: URL(filePath: TrainedModel.voiceDetector.path)).prefix(length).write(to: file)
        let error = try #require(throws: SileroError.self) { try SileroModel(file.path) }
        guard case .unusable(file.path, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect("\(error)".contains("Expected is silero_vad.onnx of version 5"))
    }

    @Test(.enabled(if: TrainedModel.faceDetector.exists)) func anotherNetworkIsUnusable() throws {
        let error = try #require(throws: SileroError.self) { try SileroModel(TrainedModel.faceDetector.path) }
        guard case .unusable(_, let reason) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(reason.contains("has no `input`"))
    }
}
