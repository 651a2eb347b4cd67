public import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import NIOWebSocket
internal import Responders
internal import Synchronization

/// An upstream for tests: a server that speaks the Realtime protocol, reads typed text aloud with the embedded voice,
/// and misbehaves on request.
///
/// The query of the URL says how: `?fault=drop&times=1`, see ``Fault``.
public final class StandInUpstream: Sendable {
    /// Something that a client has sent, or that happened to its connection.
    public struct Note: Sendable {
        /// Which connection, counted from 1.
        public var connection: Int
        /// The event's type; `connected` for a new connection.
        public var type: String
        /// The event as JSON, without sound; of `connected` the request's headers.
        public var json: String
    }

    /// The port.
    public let port: Int
    private let server: Task<Void, any Error>
    private let state: State

    final class State: Sendable {
        let faults = FaultCounter()
        let isBeta: Bool
        let noted: @Sendable (Note) -> Void
        private let notes = Mutex<[Note]>([])
        private let items = Mutex<[Int: [StandInSession.Item]]>([:])
        private let connections = Mutex(0)

        init(isBeta: Bool, noted: @escaping @Sendable (Note) -> Void) {
            self.isBeta = isBeta
            self.noted = noted
        }

        var allNotes: [Note] { notes.withLock(\.self) }

        func connect() -> Int {
            connections.withLock { connections in
                connections += 1
                return connections
            }
        }

        func note(_ note: Note) {
            notes.withLock { $0.append(note) }
            noted(note)
        }

        func keep(_ items: [StandInSession.Item], of connection: Int) { self.items.withLock { $0[connection] = items } }
        func items(of connection: Int) -> [StandInSession.Item] { items.withLock { $0[connection] ?? [] } }
    }

    /// Listens on a port of this machine, 0 for any.
    /// - Parameters:
    ///   - isBeta: true for the earlier names of events.
    ///   - certificate: what to show clients, PEM, with its key; nil for no TLS.
    ///   - noted: called for everything that clients send.
    public init(
        port: Int = 0, isBeta: Bool = false, certificate: (file: URL, key: URL)? = nil,
        noted: @escaping @Sendable (Note) -> Void = { _ in }
    ) async throws {
        let state = State(isBeta: isBeta, noted: noted)
        let tls = try certificate.map { certificate in
            try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: NIOSSLCertificate.fromPEMFile(certificate.file.path).map { .certificate($0) },
                    privateKey: .privateKey(NIOSSLPrivateKey(file: certificate.key.path, format: .pem))))
        }
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    return try Self.upgrade(channel, state)
                }
            }
        self.port = channel.channel.localAddress?.port ?? 0
        self.state = state
        server = Task {
            try await withThrowingDiscardingTaskGroup { group in
                try await channel.executeThenClose { clients in
                    for try await upgraded in clients {
                        group.addTask {
                            guard let client = try? await upgraded.get() else { return }
                            try? await client.serve()
                        }
                    }
                }
            }
        }
    }

    /// Everything that clients have sent.
    public var notes: [Note] { state.allNotes }

    /// The conversation of a connection, counted from 1: role and words of each item.
    public func words(of connection: Int) -> [String] {
        state.items(of: connection).map { "\($0.kind): \($0.text)" }
    }

    /// How much sound each item of a connection has, in samples.
    public func samples(of connection: Int) -> [Int] { state.items(of: connection).map(\.samples) }

    /// Closes everything.
    public func stop() async {
        server.cancel()
        _ = await server.result
    }

    /// Serves until its task is cancelled.
    public func run() async throws { try await server.value }

    private static func upgrade(
        _ channel: any Channel, _ state: State
    ) throws -> EventLoopFuture<StandInClient?> {
        let wished = NIOLoopBoundBox<Wish?>(nil, eventLoop: channel.eventLoop)
        let upgrader = NIOTypedWebSocketServerUpgrader<StandInClient?>(
            maxFrameSize: 64 << 20,
            shouldUpgrade: { channel, head in
                let wish = Wish(head.uri)
                wished.value = wish
                let isRefused = [.refuse, .busy].contains(wish.fault) && wish.happens(state.faults)
                return channel.eventLoop.makeSucceededFuture(isRefused ? nil : [:])
            },
            upgradePipelineHandler: { channel, head in
                channel.eventLoop.makeCompletedFuture {
                    let connection = state.connect()
                    let headers = head.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
                    state.note(.init(connection: connection, type: "connected", json: headers))
                    return StandInClient(
                        try NIOAsyncChannel(wrappingChannelSynchronously: channel), connection: connection,
                        wish: Wish(head.uri), state: state)
                }
            })
        return try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
            configuration: .init(
                upgradeConfiguration: .init(
                    upgraders: [upgrader],
                    notUpgradingCompletionHandler: { channel in
                        channel.eventLoop.makeCompletedFuture {
                            try channel.pipeline.syncOperations.addHandler(RefusalWriter(wished.value))
                            return nil
                        }
                    })))
    }
}

/// What the query of a request asks for.
struct Wish: Sendable {
    var fault: Fault?
    private var times = 1

    init(_ target: String) {
        for item in URLComponents(string: target)?.queryItems ?? [] {
            if item.name == "fault" { fault = item.value.flatMap(Fault.init) }
            if item.name == "times" { times = item.value.flatMap(Int.init) ?? 1 }
        }
    }

    func happens(_ counter: FaultCounter) -> Bool { fault.map { counter.happens($0, times: times) } ?? false }
}

/// Answers a request for a WebSocket with an HTTP error.
private final class RefusalWriter: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let wish: Wish?

    init(_ wish: Wish?) { self.wish = wish }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .end = unwrapInboundIn(data) else { return }
        let isBusy = wish?.fault == .busy
        let message = isBusy ? "Too many requests." : "Incorrect API key provided."
        let body = ByteBuffer(string: #"{"error":{"message":"\#(message)","code":"invalid_api_key"}}"#)
        var headers: HTTPHeaders = ["Content-Length": "\(body.readableBytes)", "Content-Type": "application/json"]
        if isBusy { headers.add(name: "Retry-After", value: "1") }
        let status: HTTPResponseStatus = isBusy ? .tooManyRequests : .unauthorized
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
