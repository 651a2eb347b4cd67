import Foundation

/// What ffprobe, which knows nothing of Visavis, sees in a file.
enum Probe {
    /// The fields of each stream.
    static func streams(of file: URL) throws -> [[String: String]] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["ffprobe", "-v", "error", "-show_streams", "-of", "json", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let json = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        let streams = json?["streams"] as? [[String: Any]] ?? []
        return streams.map { $0.mapValues { "\($0)" } }
    }
}
