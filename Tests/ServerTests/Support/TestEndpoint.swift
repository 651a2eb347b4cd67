import NIOCore
import NIOHTTP1
import Realtime

@testable import Server

/// An endpoint at `/ws` that does what a test says.
struct TestEndpoint: WebSocketEndpoint {
    static let subprotocol = "realtime"

    let body: @Sendable (WebSocketClient) async -> Void

    func admit(_ request: HTTPRequestHead) throws {
        guard request.uri == "/ws" else { throw HTTPProblem.notFound("no") }
    }

    func serve(_ client: WebSocketClient, _ admitted: Void) async {
        await body(client)
    }

    /// Sends every message back.
    static let echo = TestEndpoint { client in
        do {
            for try await message in client.messages {
                let reply =
                    switch message {
                    case .text(let bytes): OutboundMessage(kind: .event, isBinary: false, bytes: bytes)
                    case .binary(let bytes): OutboundMessage(kind: .event, isBinary: true, bytes: bytes)
                    }
                _ = client.outbox.send(reply)
            }
        } catch {}
    }
}
