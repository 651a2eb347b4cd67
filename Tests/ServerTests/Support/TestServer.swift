import Batching
import Logging
import NIOCore
import ServiceLifecycle

@testable import Server

/// The whole server, with the avatar that comes with it, on a port of its own while a test runs.
struct TestServer {
    let port: Int
    let server: VisavisServer
    let services: ServiceGroup

    /// Loaded once for all tests: it takes a second or two. All of them speak at once, and none is refused for that.
    private static let stage = Task {
        var settings = ServerSettings()
        settings.admission.headroom = .infinity
        return try await Stage.load(settings, logger: silent)
    }
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Serves while `body` runs, then shuts down gracefully, and waits until every session has ended.
    /// - Parameter stage: the avatars, where they are not those that come with Visavis.
    static func run<Result: Sendable>(
        _ settings: ServerSettings = ServerSettings(), stage own: Stage? = nil,
        _ body: @Sendable (TestServer) async throws -> Result
    ) async throws -> Result {
        var settings = settings
        settings.port = 0
        let logger = silent
        let stage = if let own { own } else { try await stage.value }
        return try await serve(logger: logger) { onListening in
            try VisavisServer(settings: settings, stage: stage, logger: logger, onListening: onListening)
        } during: { server, port, services in
            try await body(TestServer(port: port, server: server, services: services))
        }
    }

    /// Waits until the last session has ended: a connection's end takes a moment to be noticed.
    /// - Throws: ``SessionsRemain`` after a minute.
    func waitUntilEmpty() async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while server.sessions > 0 {
            guard ContinuousClock.now < deadline else { throw SessionsRemain(count: server.sessions) }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    struct SessionsRemain: Error { let count: Int }
}

extension RawClient {
    /// Connects to a session with a picture, and waits until it has begun.
    static func session<Result: Sendable>(
        port: Int, query: String = "?video=base64", _ body: (RawClient) async throws -> Result
    ) async throws -> Result {
        try await webSocket(port: port, path: "/v1/realtime\(query)") { client in
            _ = try await client.event("session.created")
            return try await body(client)
        }
    }

    /// The next event of this type: what comes before it is skipped.
    /// - Throws: ``ConnectionClosed`` if the connection ends first.
    @discardableResult
    func event(_ type: String) async throws -> String {
        while let frame = try await frame() {
            if frame.opcode == Self.close { throw ConnectionClosed(code: frame.closeCode) }
            if frame.opcode == Self.text, frame.text.contains(#""type":"\#(type)""#) { return frame.text }
        }
        throw ConnectionClosed(code: nil)
    }

    struct ConnectionClosed: Error { let code: UInt16? }
}
