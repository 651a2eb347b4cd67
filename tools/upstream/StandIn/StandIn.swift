internal import Foundation

/// `realtime-stand-in [PORT] [--beta]`: serves until it is stopped, and prints what clients send, a line each.
@main
struct StandIn {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        let port = arguments.compactMap { Int($0) }.first ?? 0
        let upstream = try await StandInUpstream(port: port, isBeta: arguments.contains("--beta")) { note in
            tell("\(note.connection) \(note.type) \(note.type == "connected" ? "" : note.json)")
        }
        tell("listening on \(upstream.port)")
        try await upstream.run()
    }

    /// Not `print`, which keeps lines back where the output is a pipe.
    private static func tell(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
