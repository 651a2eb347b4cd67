import Audio
import Foundation

/// What a load test does.
public struct LoadPlan: Sendable {
    /// The server's WebSocket, e.g. `ws://127.0.0.1:8080/v1/realtime`.
    public var endpoint: Endpoint
    /// Clients at a time, one of ``sessionCounts``.
    public var sessions: Int
    /// How long they stay after the last of them has connected, in seconds, one of ``lengths``.
    public var seconds: Double
    /// What they say, in turns of 24 kHz mono; empty if they only listen.
    public var turns: [[Int16]]
    /// True if they leave their microphone open, and the server to find out when a turn is over, as people do; false if
    /// they send each turn at once, and commit it.
    public var isHandsFree: Bool
    /// The server's process, if it runs on this machine: its CPU time and memory are measured too.
    public var serverProcess: Int32?

    /// How many clients there may be: a client machine has no more ports.
    public static let sessionCounts = 1...65_535
    /// How long a test may last, in seconds: up to a week.
    public static let lengths = 0.1...604_800.0
    /// How long a turn may last, in seconds: up to an hour.
    public static let turnLengths = 1.0...3_600.0

    /// Puts the parts together.
    /// - Parameters:
    ///   - speech: what is said; empty for silent sessions.
    ///   - turnSeconds: the length of a turn, one of ``turnLengths``; the last one is what remains. Hands-free the
    ///     longest: turns are phrases, which end where the speaker pauses.
    public init(
        endpoint: Endpoint, sessions: Int, seconds: Double, speech: [Int16], turnSeconds: Double = 10,
        isHandsFree: Bool = false, serverProcess: Int32? = nil
    ) {
        self.endpoint = endpoint
        self.sessions = sessions
        self.seconds = seconds
        self.isHandsFree = isHandsFree
        self.serverProcess = serverProcess
        let length = max(1, Int(turnSeconds * Double(SpeechFormat.sampleRate)))
        guard !isHandsFree else {
            turns = Phrases.cut(speech, longest: length)
            return
        }
        turns = stride(from: 0, to: speech.count, by: length).map { start in
            Array(speech[start..<min(start + length, speech.count)])
        }
    }

    /// Where a WebSocket server is.
    public struct Endpoint: Sendable, Equatable {
        /// The host's name or address.
        public var host: String
        /// The port.
        public var port: Int
        /// Path and query.
        public var path: String

        /// Takes a `ws://` address apart.
        /// - Throws: ``LoadError/unusableURL(_:reason:)``.
        public init(_ url: String) throws(LoadError) {
            guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty else {
                throw .unusableURL(url, reason: "it has no host")
            }
            guard parts.scheme == "ws" else {
                throw .unusableURL(url, reason: "its scheme is \(parts.scheme ?? "missing"), and only ws is spoken")
            }
            self.host = host
            port = parts.port ?? 80
            let path = parts.percentEncodedPath.isEmpty ? "/v1/realtime" : parts.percentEncodedPath
            self.path = path + (parts.percentEncodedQuery.map { "?\($0)" } ?? "")
        }
    }
}
