public import Foundation

/// What MuseTalk's own code computes from the small checkpoint and the recordings. The files lie beside the project,
/// not in it; tests that need them are enabled only where they exist: `@Suite(.enabled(if: Golden.exist))`.
public enum Golden {
    /// True where the files are at hand.
    public static var exist: Bool { FileManager.default.fileExists(atPath: url("box.json").path) }

    /// Where a file lies, e.g. `prompts.npy`.
    public static func url(_ name: String) -> URL { shared.appending(path: "goldens").appending(path: name) }

    /// A file as an array.
    /// - Throws: ``NumPyError``.
    public static func array<Element: NumPyElement>(
        _ name: String, of type: Element.Type = Element.self
    ) throws -> NumPyArray<Element> {
        try NumPyArray(contentsOf: url(name))
    }

    /// The folder of data beside the project.
    private static var shared: URL {
        let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return project.deletingLastPathComponent().appending(path: "shared")
    }
}
