import NIOCore
import NIOWebSocket

/// The shell around ``SessionScript``: one client's WebSocket.
///
/// Not `Sendable`: all clients of a test live on one event loop, where they share the statistics without a lock.
final class LoadSession: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private let test: LoadTest.State
    private var script: SessionScript
    private var context: ChannelHandlerContext?

    init(_ script: SessionScript, of test: LoadTest.State) {
        self.script = script
        self.test = test
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        test.statistics.joined()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        finish()
        test.statistics.connected -= 1
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        if !test.isOver { test.statistics.failed("the server closed a connection") }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if !test.isOver { test.statistics.failed("\(error)") }
        context.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        let now = test.now
        switch frame.opcode {
        case .binary:
            test.statistics.received(bytes: frame.length)
            switch Wire.delta(in: frame.data) {
            case .audio(let first, let samples): script.audio(firstSample: first, samples: samples, at: now)
            case .video(let index):
                if let arrival = script.frame(index, at: now) { test.statistics.record(arrival) }
            case .unknown: test.statistics.failed("a binary message has no known header")
            }
        case .text:
            test.statistics.received(bytes: frame.length)
            guard let event = Wire.event(in: frame.data) else {
                return test.statistics.failed("a text message is not an event")
            }
            if let failure = event.failure { test.statistics.failed(failure) }
            perform(script.received(event, at: now))
        case .ping: write(.pong, frame.data)
        case .connectionClose:
            var data = frame.data
            let code = data.readInteger(as: UInt16.self).map(String.init) ?? "no code"
            let reason = data.readString(length: data.readableBytes) ?? ""
            if !test.isOver { test.statistics.failed("the server closed a connection: \(code) \(reason)") }
            context.close(promise: nil)
        default: break
        }
    }

    /// The test is over: takes note of an utterance that was not finished.
    func finish() {
        if let timing = script.stop() { test.statistics.record(timing, isComplete: false) }
    }

    /// Closes the connection.
    func leave() {
        finish()
        write(.connectionClose, ByteBuffer(bytes: [0x03, 0xE8]))
        context?.close(promise: nil)
    }

    private func perform(_ action: SessionScript.Action) {
        guard let context else { return }
        switch action {
        case .none: break
        case .configure: write(Wire.configure)
        case .speak(let turn):
            for message in test.turns[turn] { write(.binary, ByteBuffer(bytes: message), flush: false) }
            write(Wire.commit)
        case .ask: write(Wire.createResponse)
        case .wait(let instant, let heard):
            if let heard { test.statistics.record(heard, isComplete: true) }
            let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
            let nanoseconds = Int64(max(0, (instant - test.now) / .nanoseconds(1)))
            context.eventLoop.scheduleTask(in: .nanoseconds(nanoseconds)) {
                let session = bound.value
                session.perform(session.script.waited())
            }
        }
    }

    private func write(_ text: String) {
        write(.text, ByteBuffer(string: text))
    }

    private func write(_ opcode: WebSocketOpcode, _ data: ByteBuffer, flush: Bool = true) {
        guard let context else { return }
        test.statistics.sent(bytes: data.readableBytes)
        let frame = WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data)
        context.write(wrapOutboundOut(frame), promise: nil)
        if flush { context.flush() }
    }
}
