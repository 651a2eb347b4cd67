internal import Foundation

/// The trained graphs that the tests run. They lie beside the project, not in it; tests that need one are enabled only
/// where it exists: `@Suite(.enabled(if: TrainedModel.voiceDetector.exists))`.
public struct TrainedModel: Sendable {
    /// Its file.
    public let path: String

    /// SCRFD, which finds faces.
    public static let faceDetector = TrainedModel("scrfd_2.5g_kps.onnx")
    /// Silero VAD, which hears whether somebody speaks.
    public static let voiceDetector = TrainedModel("silero_vad.onnx")

    /// True where it is at hand.
    public var exists: Bool { FileManager.default.fileExists(atPath: path) }

    private init(_ name: String) {
        let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        path = project.deletingLastPathComponent().appending(path: "shared/models").appending(path: name).path
    }
}
