public import Foundation

/// What ffprobe, which knows nothing of Visavis, sees in a file.
public enum Probe {
    /// The fields of each stream.
    /// - Throws: what Foundation throws where there is no ffprobe, or it says nothing.
    public static func streams(of file: URL) throws -> [[String: String]] {
        // A file and not a pipe: beside other tests that start processes, a pipe's end can get lost.
        let words = FileManager.default.temporaryDirectory.appending(path: "visavis-\(UUID().uuidString).json")
        try Data().write(to: words)
        defer { try? FileManager.default.removeItem(at: words) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["ffprobe", "-v", "error", "-show_streams", "-of", "json", file.path]
        process.standardOutput = try FileHandle(forWritingTo: words)
        try process.run()
        process.waitUntilExit()
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: words)) as? [String: Any]
        let streams = json?["streams"] as? [[String: Any]] ?? []
        return streams.map { $0.mapValues { "\($0)" } }
    }
}
