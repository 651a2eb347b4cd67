public import Foundation

/// What ffprobe, which knows nothing of Visavis, sees in a file.
public enum Probe {
    /// The fields of each stream.
    /// - Throws: what Foundation throws where there is no ffprobe, or it says nothing.
    public static func streams(of file: URL) throws -> [[String: String]] {
        let words = FileManager.default.temporaryDirectory.appending(path: "visavis-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: words) }
        let arguments = ["-v", "error", "-show_streams", "-of", "json", file.path]
        try ChildProcess(URL(filePath: "/usr/bin/ffprobe"), arguments, output: words).waitForExit()
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: words)) as? [String: Any]
        let streams = json?["streams"] as? [[String: Any]] ?? []
        return streams.map { $0.mapValues { "\($0)" } }
    }
}
