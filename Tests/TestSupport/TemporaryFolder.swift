public import Foundation

/// A folder that is gone when the test is over.
public final class TemporaryFolder: Sendable {
    /// Where it is.
    public let url: URL

    /// Makes an empty one.
    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "visavis-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes a file; returns where it is.
    /// - Parameter name: its path below the folder, whose folders are made.
    @discardableResult
    public func file(_ name: String, _ bytes: some Sequence<UInt8> = []) throws -> URL {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file
    }

    /// What is in it, sorted.
    public var fileNames: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
    }
}
