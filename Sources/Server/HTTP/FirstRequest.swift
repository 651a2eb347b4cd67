import NIOCore
import NIOExtras
import NIOHTTP1

/// Stands before NIO's upgrade handler until the first request has come.
///
/// It takes the wish for an upgrade out of requests that will not get one: NIO's handler loses the head of a request
/// that it refuses to upgrade, and the client would never be told why. And it closes connections on which no request
/// comes, as browsers open some in advance: after a while, or at once when the server shuts down.
final class FirstRequest: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    private let timeout: TimeAmount
    private let isAdmitted: (HTTPRequestHead) -> Bool
    private var deadline: Scheduled<Void>?
    private var hasCome = false

    /// - Parameter isAdmitted: whether a request that is a correct WebSocket handshake will be upgraded.
    init(timeout: TimeAmount, isAdmitted: @escaping (HTTPRequestHead) -> Bool) {
        self.timeout = timeout
        self.isAdmitted = isAdmitted
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: timeout) { bound.value.close(promise: nil) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // After an upgrade, what comes is not HTTP any more.
        guard !hasCome, case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        hasCome = true
        if !(Self.isHandshake(head) && isAdmitted(head)) { head.headers.remove(name: "Upgrade") }
        context.fireChannelRead(wrapInboundOut(.head(head)))
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent, !hasCome {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    /// What RFC 6455, section 4.2.1, asks of a client's handshake. One with a body is none: the upgrade would wait for
    /// the body without a deadline, and hold a session's place meanwhile.
    private static func isHandshake(_ head: HTTPRequestHead) -> Bool {
        head.method == .GET && head.headers[canonicalForm: "Upgrade"].contains { $0.lowercased() == "websocket" }
            && head.headers[canonicalForm: "Sec-WebSocket-Version"] == ["13"]
            && head.headers[canonicalForm: "Sec-WebSocket-Key"].count == 1
            && head.headers[canonicalForm: "Connection"].contains { $0.lowercased() == "upgrade" }
            && head.headers[canonicalForm: "Transfer-Encoding"].isEmpty
            && head.headers[canonicalForm: "Content-Length"].allSatisfy { $0 == "0" }
    }
}
