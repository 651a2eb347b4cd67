import Logging
import NIOCore
import NIOEmbedded
import NIOWebSocket
import Realtime
import Synchronization
import Testing

@testable import Server

/// A client that does not read: the server drops, gives up, and stays small.
@Suite(.serialized, .timeLimit(.minutes(10))) struct BackPressureTests {
    @Test func aClientThatReadsNothingIsClosedAndItsBacklogBounded() async throws {
        var limits = ConnectionLimits()
        limits.backlog = SendQueue.Limits(videoBytes: 256 << 10, totalBytes: 1 << 20, patience: .seconds(60))
        limits.webSocket.closeTimeout = .milliseconds(100)
        let outcome = Outcome()
        let flood = TestEndpoint { client in
            await outcome.flood(client.outbox)
            do { for try await _ in client.messages {} } catch {}  // Until the server has closed the connection.
            outcome.connectionEnded()
        }
        try await TestEdge.run(flood, limits: limits) { edge in
            try await RawClient.webSocket(port: edge.port, receiveBuffer: 64 << 10) { client in
                // Nothing is read until the server has given up.
                await outcome.isOver.first { _ in true }
                _ = client
            }
        }
        #expect(outcome.dropped > 0, "video is dropped before the client is given up")
        #expect(outcome.peakBacklog <= (1 << 20) + 5_000, "the limit, and the message that crossed it")
        #expect(outcome.closed)
    }

    @Test func aClientThatCatchesUpGetsAKeyframe() async throws {
        var limits = ConnectionLimits()
        limits.backlog = SendQueue.Limits(videoBytes: 256 << 10, totalBytes: 64 << 20, patience: .seconds(60))
        let endpoint = TestEndpoint { client in
            // Send until something is dropped, and then only a keyframe.
            var frame = 0
            var isDropping = false
            let bytes = [UInt8](repeating: 0, count: 20_000)
            while !Task.isCancelled {
                let isKeyframe = isDropping || frame == 0
                let message = OutboundMessage(
                    kind: .video(isKeyframe: isKeyframe), isBinary: true, bytes: [isKeyframe ? 1 : 0] + bytes)
                switch client.outbox.send(message) {
                case .queued where isDropping: return client.outbox.finish(.normal)
                case .queued: frame += 1
                case .droppedUntilKeyframe:
                    isDropping = true
                    try? await Task.sleep(for: .milliseconds(5))
                case .closed: return
                }
            }
        }
        let waiting = TestEndpoint { client in
            await endpoint.body(client)
            do { for try await _ in client.messages {} } catch {}
        }
        try await TestEdge.run(waiting, limits: limits) { edge in
            try await RawClient.webSocket(port: edge.port, receiveBuffer: 64 << 10) { client in
                var frames: [UInt8] = []
                while let frame = try await client.frame(), frame.opcode == RawClient.binary {
                    frames.append(frame.payload[0])
                }
                #expect(frames.count > 2)
                #expect(frames.first == 1)
                #expect(frames.last == 1, "the first frame after the gap is a keyframe")
            }
        }
    }

    @Test func pingsOfAClientThatDoesNotReadAreNotCollected() throws {
        let loop = EmbeddedEventLoop()
        let outbox = OutboxConnection(limits: ConnectionLimits(), eventLoop: loop)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let channel = EmbeddedChannel(
            handler: WebSocketHandler(outbox: outbox, limits: .init(), traffic: Traffic(), logger: logger), loop: loop)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        let ping = WebSocketFrame(fin: true, opcode: .ping, maskKey: [0, 0, 0, 0], data: ByteBuffer(bytes: [7]))

        channel.isWritable = false
        for _ in 0..<1_000 { try channel.writeInbound(ping) }
        #expect(try channel.readOutbound(as: WebSocketFrame.self) == nil)

        channel.isWritable = true
        try channel.writeInbound(ping)
        #expect(try channel.readOutbound(as: WebSocketFrame.self)?.opcode == .pong)
        #expect(try channel.readOutbound(as: WebSocketFrame.self) == nil)
        _ = try channel.finish()
    }
}

/// What a session that sends without end finds out about its connection.
private final class Outcome: Sendable {
    private struct State {
        var dropped = 0
        var peakBacklog = 0
        var closed = false
    }
    private let state = Mutex(State())
    private let over = AsyncStream.makeStream(of: Void.self)

    var isOver: AsyncStream<Void> { over.stream }
    var dropped: Int { state.withLock { $0.dropped } }
    var peakBacklog: Int { state.withLock { $0.peakBacklog } }
    var closed: Bool { state.withLock { $0.closed } }

    /// Sends as a session does: sound and frames, until the connection is closed.
    func flood(_ outbox: OutboxConnection) async {
        let audio = OutboundMessage(kind: .audio, isBinary: true, bytes: [UInt8](repeating: 0, count: 2_000))
        for frame in 0..<100_000 {
            let picture = OutboundMessage(
                kind: .video(isKeyframe: frame % 10 == 0), isBinary: true, bytes: [UInt8](repeating: 0, count: 5_000))
            let outcomes = [outbox.send(audio), outbox.send(picture)]
            let backlog = outbox.backlog
            state.withLock { state in
                if outcomes.contains(.droppedUntilKeyframe) { state.dropped += 1 }
                state.peakBacklog = max(state.peakBacklog, backlog)
                if outcomes.contains(.closed) { state.closed = true }
            }
            if outcomes.contains(.closed) { break }
            if frame % 16 == 0 { await Task.yield() }
        }
    }

    func connectionEnded() {
        over.continuation.yield()
    }
}
