internal import NIOCore
internal import NIOSSL
internal import NIOWebSocket

/// The messages of an upstream, from whole frames to events.
///
/// Not `Sendable`: it lives on its channel's event loop.
final class UpstreamSocketHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    /// Between two pings; an upstream that has sent nothing since the one before is gone.
    private static let pingInterval = TimeAmount.seconds(20)

    private let deliver: @Sendable (UpstreamSocket.Signal) -> Bool
    private var isOver = false
    private var hasHeard = true
    private var pings: RepeatedTask?

    init(deliver: @escaping @Sendable (UpstreamSocket.Signal) -> Bool) { self.deliver = deliver }

    func handlerAdded(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        pings = context.eventLoop.scheduleRepeatedTask(initialDelay: Self.pingInterval, delay: Self.pingInterval) { _ in
            let (handler, context) = bound.value
            handler.ping(context)
        }
        tell(.opened(UpstreamSocket(context.channel)), context)
    }

    func handlerRemoved(context: ChannelHandlerContext) { pings?.cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        hasHeard = true
        switch frame.opcode {
        case .text:
            do throws(UpstreamFailure) {
                tell(.received(try UpstreamEvent(message: frame.unmaskedData.readableBytesView)), context)
            } catch {
                fail(error, context, code: .unacceptableData)
            }
        case .binary: fail(.binaryMessage, context, code: .unacceptableData)
        case .ping: write(.pong, frame.unmaskedData, context)
        case .connectionClose:
            var data = frame.unmaskedData
            let code = data.readInteger(as: UInt16.self).map(Int.init)
            fail(
                .closed(code: code, reason: data.readString(length: data.readableBytes) ?? ""), context,
                code: .normalClosure)
        default: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case NIOWebSocketError.invalidFrameLength, NIOWebSocketFrameAggregator.Error.accumulatedFrameSizeIsTooLarge:
            fail(.protocolViolation(reason: "its message is too large"), context, code: .messageTooLarge)
        case is NIOWebSocketError, is NIOWebSocketFrameAggregator.Error:
            fail(.protocolViolation(reason: "\(error)"), context, code: .protocolError)
        default: fail(.lost, context, code: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(.lost, context, code: nil)
        context.fireChannelInactive()
    }

    private func ping(_ context: ChannelHandlerContext) {
        guard hasHeard else { return fail(.lost, context, code: nil) }
        hasHeard = false
        write(.ping, ByteBuffer(), context)
    }

    private func tell(_ signal: UpstreamSocket.Signal, _ context: ChannelHandlerContext) {
        if isOver || deliver(signal) { return }
        isOver = true
        context.close(promise: nil)
    }

    private func fail(_ failure: UpstreamFailure, _ context: ChannelHandlerContext, code: WebSocketErrorCode?) {
        guard !isOver else { return }
        isOver = true
        _ = deliver(.failed(failure))
        if let code {
            var data = ByteBuffer()
            data.write(webSocketErrorCode: code)
            write(.connectionClose, data, context)
        }
        context.close(promise: nil)
    }

    private func write(_ opcode: WebSocketOpcode, _ data: ByteBuffer, _ context: ChannelHandlerContext) {
        let frame = WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data)
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }
}
