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
    let traffic: Traffic
    /// Where what becomes of connections is told; Hummingbird's own says less.
    let logger: Logger

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let options = channel.syncOptions
            // Frames are small and timed: none may wait for another to fill a packet.
            try options?.setOption(.tcpOption(.tcp_nodelay), value: 1)
            // Without this the kernel takes megabytes on behalf of a client that does not read, and back-pressure
            // would begin minutes late.
            try options?.setOption(.tcpOption(.init(rawValue: 25 /* TCP_NOTSENT_LOWAT */)), value: 128 << 10)
            try options?.setOption(.writeBufferWaterMark, value: .init(low: 32 << 10, high: 64 << 10))

            // What the endpoint admitted waits here for its connection: to be taken over by the upgrade, or to be
            // forgotten where none comes of it.
            let admission = NIOLoopBoundBox<Endpoint.Admitted?>(nil, eventLoop: channel.eventLoop)
            channel.closeFuture.whenComplete { _ in admission.value = nil }
            let pipeline = channel.pipeline.syncOperations
            let upgraded = try pipeline.configureUpgradableHTTPServerPipeline(
                configuration: pipelineConfiguration(admission, httpLogger: logger))
            let firstRequest = FirstRequest(timeout: limits.idleTimeout) { head in
                admission.value = try? endpoint.admit(head)
                return admission.value != nil
            }
            try pipeline.addHandler(
                firstRequest,
                position: .before(try pipeline.handler(type: NIOTypedHTTPServerUpgradeHandler<Upgraded>.self)))
            return Value(channel: channel, upgraded: upgraded)
        }
    }

    func handle(value: Value, logger httpLogger: Logger) async {
        let upgraded: Upgraded
        do {
            upgraded = try await value.upgraded.get()
        } catch {
            // It closed without a request, or in the middle of its handshake.
            return logger.debug("A connection came to nothing.", metadata: ["error": "\(error)"])
        }
        switch upgraded {
        case .http(let channel): await handleHTTP(asyncChannel: channel, logger: httpLogger)
        case .webSocket(let connection, let admitted):
            do {
                try await connection.run { await endpoint.serve($0, admitted) }
            } catch {
                logger.debug("A connection broke.", metadata: ["error": "\(error)"])
            }
        }
    }

    private func pipelineConfiguration(
        _ admission: NIOLoopBoundBox<Endpoint.Admitted?>, httpLogger: Logger
    ) -> NIOUpgradableHTTPServerPipelineConfiguration<Upgraded> {
        var configuration = NIOUpgradableHTTPServerPipelineConfiguration(
            upgradeConfiguration: NIOTypedHTTPServerUpgradeConfiguration(
                upgraders: [upgrader(admission)],
                notUpgradingCompletionHandler: { channel in
                    channel.eventLoop.makeCompletedFuture {
                        admission.value = nil
                        return try .http(http(channel, logger: httpLogger))
                    }
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
    private func upgrader(
        _ admission: NIOLoopBoundBox<Endpoint.Admitted?>
    ) -> NIOTypedWebSocketServerUpgrader<Upgraded> {
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
            upgradePipelineHandler: { [limits, traffic, logger] channel, _ in
                channel.eventLoop.makeCompletedFuture {
                    // Nil if the connection was closed meanwhile.
                    guard let admitted = admission.value.take() else { throw ChannelError.ioOnClosedChannel }
                    let connection = try WebSocketConnection(channel, limits: limits, traffic: traffic, logger: logger)
                    return .webSocket(connection, admitted)
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
    /// How long a client may take to read what waits when the connection is to be closed.
    var finishTimeout = TimeAmount.seconds(5)
    /// How long an HTTP connection may stay without a request.
    var idleTimeout = TimeAmount.seconds(60)
}
