public import Foundation

/// A film as a folder of PNG and JPEG files, a picture a frame, as MuseTalk and OpenCV's users have it.
public struct PictureFolder: Sendable {
    /// The pictures in the order of their names, numbers in them by their value: `2.png` before `10.png`.
    public let files: [URL]

    /// Lists a folder. What is no picture, and what is hidden, is passed over.
    /// - Throws: ``VideoFileError/unreadable(file:reason:)`` if it cannot be listed.
    public init(_ folder: URL) throws(VideoFileError) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        } catch {
            throw .unreadable(file: folder.path, reason: "the folder cannot be listed: \(error.localizedDescription)")
        }
        files = names.filter { !$0.hasPrefix(".") }
            .sorted { first, second in
                let order = first.compare(second, options: .numeric)
                return order == .orderedSame ? first < second : order == .orderedAscending
            }
            .map { folder.appending(path: $0) }
            .filter { Self.suffixes.contains($0.pathExtension.lowercased()) }
    }

    /// Whether there is a folder at `url`.
    static func exists(at url: URL) -> Bool {
        (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true
    }

    private static let suffixes: Set = ["png", "jpg", "jpeg"]
}
