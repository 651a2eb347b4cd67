public import Foundation

/// The model that the goldens are of: MuseTalk with few channels and seeded random weights, imported. `make test` imports
/// it from the checkpoint beside the project; tests that need it are enabled only where it is:
/// `@Suite(.enabled(if: MiniModel.exists))`.
public enum MiniModel {
    /// True where it has been imported.
    public static var exists: Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "manifest.json").path)
    }

    /// The model directory.
    public static var folder: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: ".build/musetalk-mini")
    }
}
