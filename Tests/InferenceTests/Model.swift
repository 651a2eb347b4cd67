import Foundation

/// The trained graphs that the tests run. They lie beside the project, not in it.
struct Model {
    let path: String

    static let faceDetector = Model("scrfd_2.5g_kps.onnx")
    static let voiceDetector = Model("silero_vad.onnx")

    var exists: Bool { FileManager.default.fileExists(atPath: path) }

    private init(_ name: String) {
        let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        path = project.deletingLastPathComponent().appending(path: "shared/models").appending(path: name).path
    }
}
