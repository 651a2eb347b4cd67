internal import ServiceConnection
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import NIOWebSocket

/// A WebSocket to an upstream.
struct UpstreamSocket: Sendable {
    /// What comes of it, in this order.
    enum Signal: Sendable {
        /// It is open.
        case opened(UpstreamSocket)
        case received(UpstreamEvent)
        /// It is over; told once, and nothing after it.
        case failed(UpstreamFailure)
    }

    /// The largest message that is taken, in bytes.
    private static let largestMessage = 16 << 20
    /// What may wait for an upstream that reads slowly, in bytes: ten minutes of sound, in base64, fit.
    private static let backlog = 64 << 20

    private let channel: any Channel

    init(_ channel: any Channel) { self.channel = channel }

    /// Opens a WebSocket.
    /// - Parameter deliver: called on the connection's event loop; answers false if nobody wants it any more.
    /// - Throws: ``UpstreamFailure``, and then calls `deliver` no more.
    static func open(
        _ settings: UpstreamSettings, deliver: @escaping @Sendable (Signal) -> Bool
    ) async throws(UpstreamFailure) {
        let address = try UpstreamAddress(settings)
        let headers = address.headers(settings)
        let tls = address.isSecure ? try settings.tls() : nil
        let refusal: UpstreamFailure?
        do {
            let upgraded = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .channelOption(.writeBufferWaterMark, value: .init(low: backlog / 2, high: backlog))
                .connectTimeout(TimeAmount(settings.connectTimeout))
                .connect(host: address.host, port: address.port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if let tls {
                            let isNumeric = (try? SocketAddress(ipAddress: address.host, port: address.port)) != nil
                            try channel.pipeline.syncOperations.addHandler(
                                NIOSSLClientHandler(context: tls, serverHostname: isNumeric ? nil : address.host))
                        }
                        return try upgrade(channel, to: address.target, headers, deliver: deliver)
                    }
                }
            refusal = try await upgraded.get().get()
        } catch {
            throw UpstreamFailure(connecting: error)
        }
        if let refusal { throw refusal }
    }

    /// Asks for a WebSocket; the result is why there is none, nil if there is.
    private static func upgrade(
        _ channel: any Channel, to target: String, _ headers: HTTPHeaders,
        deliver: @escaping @Sendable (Signal) -> Bool
    ) throws -> EventLoopFuture<EventLoopFuture<UpstreamFailure?>> {
        let loop = channel.eventLoop
        let upgrader = NIOTypedWebSocketClientUpgrader<EventLoopFuture<UpstreamFailure?>>(
            maxFrameSize: largestMessage,
            upgradePipelineHandler: { channel, _ in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        NIOWebSocketFrameAggregator(
                            minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: .max,
                            maxAccumulatedFrameSize: largestMessage),
                        UpstreamSocketHandler(deliver: deliver),
                    ])
                    return channel.eventLoop.makeSucceededFuture(nil)
                }
            })
        let request = HTTPRequestHead(version: .http1_1, method: .GET, uri: target, headers: headers)
        var configuration = NIOUpgradableHTTPClientPipelineConfiguration(
            upgradeConfiguration: .init(
                upgradeRequestHead: request, upgraders: [upgrader],
                notUpgradingCompletionHandler: { channel in
                    let refusal = loop.makePromise(of: UpstreamFailure?.self)
                    return loop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(UpgradeRefusalReader(refusal))
                        return refusal.futureResult
                    }
                }))
        // A server's first event may come in one piece with its answer to the upgrade.
        configuration.leftOverBytesStrategy = .forwardBytes
        return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(configuration: configuration)
    }

    /// Sends a text message.
    /// - Returns: false if the upstream does not read what it is sent.
    func send(_ message: [UInt8]) -> Bool {
        guard channel.isWritable else { return false }
        let frame = WebSocketFrame(fin: true, opcode: .text, maskKey: .random(), data: ByteBuffer(bytes: message))
        channel.writeAndFlush(frame, promise: nil)
        return true
    }

    /// Says good-bye, and closes.
    func close() {
        let frame = WebSocketFrame(
            fin: true, opcode: .connectionClose, maskKey: .random(), data: ByteBuffer(bytes: [0x03, 0xE8]))
        channel.writeAndFlush(frame).whenComplete { [channel] _ in channel.close(promise: nil) }
        // What an upstream that does not read has not taken by then is lost.
        channel.eventLoop.scheduleTask(in: .seconds(2)) { [channel] in channel.close(promise: nil) }
    }
}

extension TimeAmount {
    fileprivate init(_ duration: Duration) { self = .nanoseconds(Int64(duration / .nanoseconds(1))) }
}

extension UpstreamFailure {
    /// Why a connection could not be made.
    fileprivate init(connecting error: any Error) {
        self =
            switch error {
            case let error as UpstreamFailure: error
            case let error as NIOConnectionError:
                .unreachable(
                    reason: error.connectionErrors.first.map { ServiceConnection.reason(of: $0.error) }
                        ?? "there is no such host")
            case is ChannelError: .lost
            default: .unreachable(reason: ServiceConnection.reason(of: error))
            }
    }
}
