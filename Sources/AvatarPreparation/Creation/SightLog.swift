import Foundation

/// The faces that have been found so far, on the disk, a line of JSON a frame: an interrupted run need not look again.
final class SightLog {
    /// What was found, in the order of the frames.
    private(set) var sights: [FaceSight] = []

    private let file: FileHandle

    /// Opens the log of an interrupted run, or begins one.
    /// - Parameter most: how many sights are kept of what is there; a line that was cut off, and all behind it, is not.
    init(in folder: URL, keeping most: Int) throws {
        let url = folder.appending(path: "sights.jsonl")
        if !FileManager.default.fileExists(atPath: url.path) { try Data().write(to: url) }
        file = try FileHandle(forUpdating: url)
        let newline = UInt8(ascii: "\n")
        var end = 0
        // The last piece is empty, or was cut off.
        let lines = try (file.readToEnd() ?? Data()).split(separator: newline, omittingEmptySubsequences: false)
        for line in lines.dropLast().prefix(most) {
            guard let sight = try? JSONDecoder().decode(FaceSight.self, from: line) else { break }
            sights.append(sight)
            end += line.count + 1
        }
        try file.truncate(atOffset: UInt64(end))
    }

    /// Adds what was found in the next frame.
    func append(_ sight: FaceSight) throws {
        try file.write(contentsOf: JSONEncoder().encode(sight) + Data("\n".utf8))
        sights.append(sight)
    }
}
