import Logging
import NIOCore
import NIOHTTP1

/// What stands behind the WebSocket's path.
protocol WebSocketEndpoint: Sendable {
    /// What the endpoint wants to remember from the request that it admitted.
    associatedtype Admitted: Sendable

    /// The subprotocol that is accepted if a client offers it.
    static var subprotocol: String { get }

    /// Decides about a request to upgrade, before the upgrade: throws if it is to be answered in HTTP instead.
    ///
    /// It is asked once for each handshake. What it returns is held until the connection has ended, or the upgrade
    /// has come to nothing.
    func admit(_ request: HTTPRequestHead) throws -> Admitted

    /// Serves one connection; when it returns the connection is closed.
    func serve(_ client: WebSocketClient, _ admitted: Admitted) async
}

/// A client, as an endpoint sees it: what it says, and where to put what it is to receive.
struct WebSocketClient: Sendable {
    /// The client's messages in order. They are read no faster than they are taken from here.
    let messages: NIOAsyncChannelInboundStream<WebSocketMessage>
    /// Where messages for the client go.
    let outbox: OutboxConnection
}

/// A WebSocket whose upgrade is complete.
struct WebSocketConnection: Sendable {
    private let channel: NIOAsyncChannel<WebSocketMessage, Never>
    private let outbox: OutboxConnection

    /// Completes the pipeline of `channel`, on its event loop, behind NIO's frame encoder and decoder.
    init(_ channel: any Channel, limits: ConnectionLimits, traffic: Traffic, logger: Logger) throws {
        outbox = OutboxConnection(limits: limits, eventLoop: channel.eventLoop)
        try channel.pipeline.syncOperations.addHandler(
            WebSocketHandler(outbox: outbox, limits: limits.webSocket, traffic: traffic, logger: logger))
        // One message read ahead at most: it may be as large as the limit allows.
        // Reading goes on when fewer than the low watermark wait: with 0 it would never.
        self.channel = try NIOAsyncChannel(
            wrappingChannelSynchronously: channel,
            configuration: .init(backPressureStrategy: .init(lowWatermark: 1, highWatermark: 1)))
    }

    /// Lends the connection to `body`, and closes it afterwards.
    func run(_ body: (WebSocketClient) async -> Void) async throws {
        try await channel.executeThenClose { inbound in
            await body(WebSocketClient(messages: inbound, outbox: outbox))
        }
    }
}
