import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

/// Connects clients to a server, lets them talk, and measures what they experience.
public struct LoadTest: Sendable {
    /// How far a test is.
    public struct Progress: Sendable {
        /// Seconds since the first client connected.
        public var seconds: Double
        /// Clients that are connected.
        public var connected: Int
        /// Frames that came.
        public var frames: Int
        /// Frames that came too late.
        public var lateFrames: Int
        /// How often something went wrong.
        public var errors: Int
    }

    /// What all clients share, on their event loop.
    final class State {
        let turns: [[[UInt8]]]
        /// What an open microphone hears while nobody speaks.
        let silence = ByteBuffer(bytes: Wire.messages(of: Array(repeating: 0, count: Wire.samplesPerPiece))[0])
        var statistics = LoadStatistics()
        var sessions: [LoadSession] = []
        var isOver = false
        private let start = ContinuousClock.now

        init(_ plan: LoadPlan) {
            let length = plan.isHandsFree ? Wire.samplesPerPiece : Wire.samplesPerMessage
            turns = plan.turns.map { Wire.messages(of: $0, samples: length) }
        }

        /// Time since the test began.
        var now: Duration { ContinuousClock.now - start }
    }

    /// Between two connections: all at once would measure the accepting of connections.
    private static let connectInterval = Duration.milliseconds(5)

    private let plan: LoadPlan

    /// A test that is not running yet.
    public init(_ plan: LoadPlan) {
        self.plan = plan
    }

    /// Runs the test.
    /// - Parameter progress: called once a second.
    /// - Throws: ``LoadError``.
    public func run(progress: @escaping @Sendable (Progress) -> Void = { _ in }) async throws -> LoadReport {
        var server = try plan.serverProcess.map { id throws(LoadError) in try ProcessMeter(id) }
        var client = try ProcessMeter(getpid())
        let start = ContinuousClock.now
        // One event loop for all clients: the test shares the machine with what it measures.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        do {
            let state = try await loop.submit { [plan] in NIOLoopBound(State(plan), eventLoop: loop) }.get()
            try await connect(on: loop, state)
            let end = ContinuousClock.now + .seconds(plan.seconds)
            while ContinuousClock.now < end {
                try await Task.sleep(for: min(.seconds(1), end - .now))
                client.sample()
                server?.sample()
                let seconds = (ContinuousClock.now - start) / .seconds(1)
                progress(try await loop.submit { Self.progress(of: state.value, seconds: seconds) }.get())
            }
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let usage = (server: server?.usage(in: seconds), client: client.usage(in: seconds))
            let report = try await loop.submit { [plan] in
                let test = state.value
                test.isOver = true
                // What is late, missing or wrong from here on is the end of the test.
                for session in test.sessions { session.finish() }
                let report = test.statistics.report(
                    of: plan, seconds: seconds, server: usage.server, client: usage.client)
                for session in test.sessions { session.leave() }
                test.sessions = []
                return report
            }.get()
            try await group.shutdownGracefully()
            return report
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
    }

    private static func progress(of test: State, seconds: Double) -> Progress {
        let statistics = test.statistics
        return Progress(
            seconds: seconds, connected: statistics.connected, frames: statistics.frames,
            lateFrames: statistics.lateFrames, errors: statistics.errors.values.reduce(0, +))
    }

    private func connect(on loop: any EventLoop, _ state: NIOLoopBound<State>) async throws {
        var failure: (any Error)?
        var connected = 0
        for index in 0..<plan.sessions {
            do {
                try await connect(index, on: loop, state)
                connected += 1
            } catch {
                failure = error
                try await loop.submit { state.value.statistics.failed("no connection: \(error)") }.get()
                if connected == 0 { break }  // There is no server: the others would not find one either.
            }
            try await Task.sleep(for: Self.connectInterval)
        }
        guard connected > 0 || plan.sessions == 0 else {
            let reason = failure.map { "\($0)" } ?? "unknown"
            throw LoadError.noSession(host: plan.endpoint.host, port: plan.endpoint.port, reason: reason)
        }
    }

    private func connect(_ index: Int, on loop: any EventLoop, _ state: NIOLoopBound<State>) async throws {
        let endpoint = plan.endpoint
        let script = SessionScript(turns: plan.turns.count, firstTurn: index, isHandsFree: plan.isHandsFree)
        let upgraded = try await ClientBootstrap(group: loop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connectTimeout(.seconds(10))
            .connect(host: endpoint.host, port: endpoint.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Self.upgrade(channel, to: endpoint) { channel in
                        let session = LoadSession(script, of: state.value)
                        try channel.pipeline.syncOperations.addHandler(session)
                        state.value.sessions.append(session)
                    }
                }
            }
        guard try await upgraded.get() else {
            throw LoadError.noSession(
                host: endpoint.host, port: endpoint.port, reason: "the server refused to upgrade \(endpoint.path)")
        }
    }

    private static func upgrade(
        _ channel: any Channel, to endpoint: LoadPlan.Endpoint,
        _ addHandlers: @escaping @Sendable (any Channel) throws -> Void
    ) throws -> EventLoopFuture<Bool> {
        let upgrader = NIOTypedWebSocketClientUpgrader<Bool>(
            maxFrameSize: 16 << 20,
            upgradePipelineHandler: { channel, _ in
                channel.eventLoop.makeCompletedFuture {
                    try addHandlers(channel)
                    return true
                }
            })
        let request = HTTPRequestHead(
            version: .http1_1, method: .GET,
            uri: endpoint.path + (endpoint.path.contains("?") ? "&" : "?") + Wire.query,
            headers: ["Host": "\(endpoint.host):\(endpoint.port)", "Sec-WebSocket-Protocol": "realtime"])
        var configuration = NIOUpgradableHTTPClientPipelineConfiguration(
            upgradeConfiguration: .init(
                upgradeRequestHead: request, upgraders: [upgrader],
                notUpgradingCompletionHandler: { $0.eventLoop.makeSucceededFuture(false) }))
        // A server's first event may come in one piece with its answer to the upgrade.
        configuration.leftOverBytesStrategy = .forwardBytes
        return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(configuration: configuration)
    }
}
