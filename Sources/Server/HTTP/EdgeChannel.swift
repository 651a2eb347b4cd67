import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOPosix
import NIOWebSocket

/// One accepted connection: HTTP/1.1 for Hummingbird's router, or, where the first request asks for it and the
/// endpoint agrees, a WebSocket.
struct EdgeChannel<Endpoint: WebSocketEndpoint>: HTTPChannelHandler {
    /// What a connection turned out to be.
    enum Upgraded: Sendable {
        case http(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>)
        case webSocket(WebSocketConnection, Endpoint.Admitted)
    }

    /// An accepted connection whose first request has not come yet.
    struct Value: ServerChildChannelValue {
        let channel: any Channel
        let upgraded: EventLoopFuture<Upgraded>
    }

    let responder: HTTPChannelHandler.Responder
    let endpoint: Endpoint
    let limits: ConnectionLimits

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let options = channel.syncOptions
            // Frames are small and timed: none may wait for another to fill a packet.
            try options?.setOption(.tcpOption(.tcp_nodelay), value: 1)
            // Without this the kernel takes megabytes on behalf of a client that does not read, and back-pressure
            // would begin minutes late.
            try options?.setOption(.tcpOption(.init(rawValue: 25 /* TCP_NOTSENT_LOWAT */)), value: 128 << 10)
            try options?.setOption(.writeBufferWaterMark, value: .init(low: 32 << 10, high: 64 << 10))

            let pipeline = channel.pipeline.syncOperations
            let upgraded = try pipeline.configureUpgradableHTTPServerPipeline(
                configuration: pipelineConfiguration(logger: logger))
            let firstRequest = FirstRequest(timeout: limits.idleTimeout) { head in
                (try? endpoint.admit(URI(head.uri))) != nil
            }
            try pipeline.addHandler(
                firstRequest,
                position: .before(try pipeline.handler(type: NIOTypedHTTPServerUpgradeHandler<Upgraded>.self)))
            return Value(channel: channel, upgraded: upgraded)
        }
    }

    func handle(value: Value, logger: Logger) async {
        guard let upgraded = try? await value.upgraded.get() else { return }  // It closed without a request.
        switch upgraded {
        case .http(let channel): await handleHTTP(asyncChannel: channel, logger: logger)
        case .webSocket(let connection, let admitted):
            do {
                try await connection.run { await endpoint.serve($0, admitted) }
            } catch {
                logger.debug("A connection broke.", metadata: ["error": "\(error)"])
            }
        }
    }

    private func pipelineConfiguration(logger: Logger) -> NIOUpgradableHTTPServerPipelineConfiguration<Upgraded> {
        var configuration = NIOUpgradableHTTPServerPipelineConfiguration(
            upgradeConfiguration: NIOTypedHTTPServerUpgradeConfiguration(
                upgraders: [upgrader(logger: logger)],
                notUpgradingCompletionHandler: { channel in
                    channel.eventLoop.makeCompletedFuture { try .http(http(channel, logger: logger)) }
                }))
        configuration.enablePipelining = false  // Requests are read one after the other by `handleHTTP`.
        configuration.enableResponseHeaderValidation = false  // HTTPTypes validates.
        return configuration
    }

    private func http(
        _ channel: any Channel, logger: Logger
    ) throws -> NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart> {
        try channel.pipeline.syncOperations.addHandlers([
            HTTP1ToHTTPServerCodec(secure: false),
            HTTPConnectionStateHandler(idleTimeout: .init(limits.idleTimeout), logger: logger),
        ])
        return try NIOAsyncChannel(
            wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
    }

    /// Only requests that ``FirstRequest`` let through come here; the others go on as HTTP, where the router says why.
    private func upgrader(logger: Logger) -> NIOTypedWebSocketServerUpgrader<Upgraded> {
        NIOTypedWebSocketServerUpgrader(
            maxFrameSize: limits.webSocket.messageBytes,
            enableAutomaticErrorHandling: false,
            shouldUpgrade: { channel, head in
                var headers = HTTPHeaders()
                let offered = head.headers[canonicalForm: "Sec-WebSocket-Protocol"]
                if offered.contains(where: { $0 == Endpoint.subprotocol }) {
                    headers.add(name: "Sec-WebSocket-Protocol", value: Endpoint.subprotocol)
                }
                return channel.eventLoop.makeSucceededFuture(headers)
            },
            upgradePipelineHandler: { channel, head in
                channel.eventLoop.makeCompletedFuture {
                    let admitted = try endpoint.admit(URI(head.uri))
                    return try .webSocket(WebSocketConnection(channel, limits: limits, logger: logger), admitted)
                }
            })
    }
}

/// What a connection is held to.
struct ConnectionLimits: Sendable {
    /// The WebSocket's times and sizes.
    var webSocket = WebSocketHandler.Limits()
    /// What may wait for a client that reads too slowly.
    var backlog = SendQueue.Limits()
    /// How long an HTTP connection may stay without a request.
    var idleTimeout = TimeAmount.seconds(60)
}
