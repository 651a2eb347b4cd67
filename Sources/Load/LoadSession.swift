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
    /// Once somebody speaks, hands-free.
    private var microphone: OpenMicrophone?
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
            test.statistics.record(event)
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
        case .configure: write(script.isHandsFree ? Wire.configureHandsFree : Wire.configure)
        case .speak(let turn) where script.isHandsFree: say(turn)
        case .speak(let turn):
            for message in test.turns[turn] { write(.binary, ByteBuffer(bytes: message), flush: false) }
            write(Wire.commit)
        case .ask: write(Wire.createResponse)
        case .wait(let instant, let heard):
            if let heard { test.statistics.record(heard, isComplete: true) }
            schedule(at: instant, on: context.eventLoop) { $0.perform($0.script.waited()) }
        }
    }

    private func say(_ turn: Int) {
        let isOpen = microphone != nil
        microphone = microphone ?? OpenMicrophone(openedAt: test.now)
        microphone?.begin(turn: turn)
        if !isOpen { listen() }
    }

    /// Sends what the microphone hears, from now on.
    private func listen() {
        guard let context, !test.isOver, let instant = microphone?.nextInstant else { return }
        schedule(at: instant, on: context.eventLoop) { session in
            let turns = session.test.turns
            guard let piece = session.microphone?.next(lengthOfTurn: { turns[$0].count }) else { return }
            let sound = piece.speech.map { ByteBuffer(bytes: turns[$0.turn][$0.index]) } ?? session.test.silence
            session.write(.binary, sound)
            if piece.endsTurn { session.script.fellSilent(at: session.test.now) }
            session.listen()
        }
    }

    private func schedule(
        at instant: Duration, on loop: any EventLoop, _ body: @escaping @Sendable (LoadSession) -> Void
    ) {
        let bound = NIOLoopBound(self, eventLoop: loop)
        let nanoseconds = Int64(max(0, (instant - test.now) / .nanoseconds(1)))
        loop.scheduleTask(in: .nanoseconds(nanoseconds)) { body(bound.value) }
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
