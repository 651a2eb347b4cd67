import Logging
import Metrics
import NIOCore
import NIOWebSocket
import Realtime

/// The shell around ``MessageAssembler``, ``CloseHandshake`` and ``KeepAlive`` in a connection's pipeline: complete
/// messages go up to whoever iterates the channel, the outbox's messages go down to the socket.
///
/// Not `Sendable`: it lives on its channel's event loop.
final class WebSocketHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias InboundOut = WebSocketMessage
    typealias OutboundOut = WebSocketFrame

    /// The times and sizes that a connection is held to.
    struct Limits: Sendable {
        /// The largest message of a client, in bytes.
        var messageBytes = 16 << 20
        /// Between two pings.
        var pingInterval = TimeAmount.seconds(20)
        /// How long a client may take to answer a close frame; four times that if it is slow to read it.
        var closeTimeout = TimeAmount.seconds(3)
    }

    /// Room in front of a payload, so that NIO's encoder writes the frame's header there instead of in a buffer of
    /// its own: 2 bytes and up to 8 of length (a server does not mask).
    private static let headerRoom = 10

    private let limits: Limits
    private let outbox: OutboxConnection
    private let logger: Logger
    private let traffic: Traffic
    private var assembler: MessageAssembler
    private var handshake = CloseHandshake()
    private var keepAlive = KeepAlive()
    private var context: ChannelHandlerContext?
    private var pings: RepeatedTask?

    init(outbox: OutboxConnection, limits: Limits, traffic: Traffic, logger: Logger) {
        self.traffic = traffic
        self.outbox = outbox
        self.limits = limits
        self.logger = logger
        assembler = MessageAssembler(maximumBytes: limits.messageBytes)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        outbox.attach(bound)
        pings = context.eventLoop.scheduleRepeatedTask(
            initialDelay: limits.pingInterval, delay: limits.pingInterval
        ) { _ in bound.value.pingIntervalPassed() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        pings?.cancel()
        outbox.closed()
        self.context = nil
    }

    // MARK: In

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        keepAlive.received()
        let frame = unwrapInboundIn(data)
        traffic.received.increment(by: frame.length)
        // After a close frame is out, only the client's matters; a violation would only be answered once anyway.
        guard handshake.isOpen || frame.opcode == .connectionClose else { return }
        switch assembler.receive(frame) {
        case .incomplete, .pong: break
        case .message(let message): context.fireChannelRead(wrapInboundOut(message))
        case .ping(let payload):
            // A client that pings without reading must not fill our memory with pongs; it needs only the last one.
            if context.channel.isWritable { write(.pong, payload, flush: true) }
        case .close(let reason): perform(handshake.received(reason))
        case .violation(let reason): perform(handshake.close(reason))
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case let error as NIOWebSocketError:
            perform(handshake.close(CloseReason(error, messageLimit: limits.messageBytes)))
        case is ByteToMessageDecoderError:
            break  // What follows the frame that could not be decoded; the close frame is out.
        default:
            perform(handshake.deadlinePassed())
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent { perform(handshake.deadlinePassed()) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        _ = handshake.deadlinePassed()
        outbox.closed()
        context.fireChannelInactive()
    }

    // MARK: Out

    /// Writes what waits, as long as the socket has room, and flushes once.
    func drain() {
        guard let context else { return }
        if let reason = outbox.drainBegins() { return perform(handshake.close(reason)) }
        var wrote = false
        while true {
            guard context.channel.isWritable else {
                outbox.blocked()
                break
            }
            switch outbox.nextWork() {
            case .write(let message):
                guard handshake.isOpen else { continue }
                var payload = context.channel.allocator.buffer(capacity: Self.headerRoom + message.bytes.count)
                payload.moveWriterIndex(forwardBy: Self.headerRoom)
                payload.moveReaderIndex(forwardBy: Self.headerRoom)
                payload.writeBytes(message.bytes)
                write(message.isBinary ? .binary : .text, payload, flush: false)
                wrote = true
                continue
            case .close(let reason): perform(handshake.close(reason))
            case .nothing: break
            }
            break
        }
        if wrote { context.flush() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { drain() }
        context.fireChannelWritabilityChanged()
    }

    private func pingIntervalPassed() {
        if let reason = outbox.stall() { return perform(handshake.close(reason)) }
        switch keepAlive.intervalPassed() {
        case .ping: write(.ping, ByteBuffer(), flush: true)
        case .giveUp:
            logger.info("A client did not answer a ping; its connection is closed.")
            perform(handshake.deadlinePassed())
        }
    }

    private func write(
        _ opcode: WebSocketOpcode, _ payload: ByteBuffer, flush: Bool, promise: EventLoopPromise<Void>? = nil
    ) {
        guard let context else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        traffic.sent.increment(by: payload.readableBytes)
        context.write(wrapOutboundOut(WebSocketFrame(fin: true, opcode: opcode, data: payload)), promise: promise)
        if flush { context.flush() }
    }

    private func perform(_ action: CloseHandshake.Action) {
        guard let context else { return }
        switch action {
        case .none: break
        case .sendClose(let reason):
            logger.info("Closing a connection.", metadata: ["code": "\(reason.code)", "reason": "\(reason.text)"])
            outbox.closed()
            let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
            let disconnect: @Sendable () -> Void = { bound.value.perform(bound.value.handshake.deadlinePassed()) }
            let loop = context.eventLoop
            let isOut = loop.makePromise(of: Void.self)
            isOut.futureResult.whenSuccess { [limits] in _ = loop.scheduleTask(in: limits.closeTimeout, disconnect) }
            loop.scheduleTask(in: limits.closeTimeout * 4, disconnect)
            write(.connectionClose, ByteBuffer(bytes: reason.payload), flush: true, promise: isOut)
        case .sendCloseAndDisconnect(let reason):
            outbox.closed()
            write(.connectionClose, ByteBuffer(bytes: reason.payload), flush: true)
            context.close(promise: nil)
        case .disconnect:
            outbox.closed()
            context.close(promise: nil)
        }
    }
}
