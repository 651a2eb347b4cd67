internal import Foundation
internal import NIOCore
internal import NIOHTTP1

/// Reads why an upstream answers the request for a WebSocket with something else.
///
/// Not `Sendable`: it lives on its channel's event loop.
final class UpgradeRefusalReader: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    /// What is read of the reason, in bytes.
    private static let limit = 4096

    private let refusal: EventLoopPromise<UpstreamFailure?>
    private var head: HTTPResponseHead?
    private var body = ByteBuffer()

    init(_ refusal: EventLoopPromise<UpstreamFailure?>) { self.refusal = refusal }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body(var part):
            body.writeBuffer(&part)
            if body.readableBytes > Self.limit { finish(context) }
        case .end: finish(context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish(context)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { finish(context) }

    private func finish(_ context: ChannelHandlerContext) {
        defer { context.close(promise: nil) }
        guard let head else { return refusal.succeed(.lost) }
        let seconds = head.headers.first(name: "Retry-After").flatMap(Double.init)
        refusal.succeed(
            .refused(
                status: Int(head.status.code), reason: reason,
                retryAfter: seconds.map { .seconds(min(max($0, 0), 3600)) }))
    }

    /// OpenAI's `error.message`, or what else there is in one line.
    private var reason: String {
        struct Problem: Decodable {
            struct Details: Decodable { var message: String }
            var error: Details
        }
        let bytes = Data(body.readableBytesView.prefix(Self.limit))
        if let problem = try? JSONDecoder().decode(Problem.self, from: bytes) { return problem.error.message }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).first.map { String($0.prefix(200)) } ?? ""
    }
}
