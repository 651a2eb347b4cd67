import NIOCore
import NIOWebSocket

/// One complete message of a client.
enum WebSocketMessage: Sendable, Equatable {
    /// Valid UTF-8.
    case text([UInt8])
    /// Anything else.
    case binary([UInt8])
}

/// Puts messages together from frames, and holds clients to RFC 6455.
///
/// NIO's decoder has already checked what concerns one frame's length; this value checks masks, reserved bits,
/// opcodes, the order of fragments, the size of the whole message, UTF-8, and close frames.
struct MessageAssembler {
    /// What a frame led to.
    enum Outcome: Equatable {
        /// More fragments must follow.
        case incomplete
        /// A message is complete.
        case message(WebSocketMessage)
        /// To be answered with a pong that carries the same bytes.
        case ping(ByteBuffer)
        /// The client lives.
        case pong
        /// The client closes; nil if it gave no reason.
        case close(CloseReason?)
        /// The client broke the protocol: close with this reason and read no further.
        case violation(CloseReason)
    }

    private enum State {
        case idle
        case assembling(isText: Bool, ByteBuffer)
    }

    private let maximumBytes: Int
    private var state = State.idle

    /// - Parameter maximumBytes: the size of the largest message, over all its fragments.
    init(maximumBytes: Int) {
        self.maximumBytes = maximumBytes
    }

    /// Takes the next frame.
    mutating func receive(_ frame: WebSocketFrame) -> Outcome {
        guard frame.maskKey != nil else {
            return .violation(.protocolError("A client must mask its frames."))
        }
        guard !frame.rsv1, !frame.rsv2, !frame.rsv3 else {
            return .violation(.protocolError("Reserved bits are set, but no extension was agreed on."))
        }
        switch frame.opcode {
        case .text: return begin(isText: true, frame)
        case .binary: return begin(isText: false, frame)
        case .continuation: return proceed(frame)
        case .ping: return .ping(frame.unmaskedData)
        case .pong: return .pong
        case .connectionClose: return close(frame.unmaskedData)
        default:
            return .violation(.protocolError("The opcode of a frame is reserved."))
        }
    }

    private mutating func begin(isText: Bool, _ frame: WebSocketFrame) -> Outcome {
        guard case .idle = state else {
            return .violation(.protocolError("A new message began inside a fragmented one."))
        }
        guard frame.length <= maximumBytes else { return .violation(.tooLarge(limit: maximumBytes)) }
        guard frame.fin else {
            state = .assembling(isText: isText, frame.unmaskedData)
            return .incomplete
        }
        return complete(isText: isText, frame.unmaskedData)
    }

    private mutating func proceed(_ frame: WebSocketFrame) -> Outcome {
        guard case .assembling(let isText, var collected) = state else {
            return .violation(.protocolError("A continuation frame came without a message to continue."))
        }
        state = .idle  // The buffer has one owner now, so that appending does not copy what is collected.
        guard collected.readableBytes + frame.length <= maximumBytes else {
            return .violation(.tooLarge(limit: maximumBytes))
        }
        var data = frame.unmaskedData
        collected.writeBuffer(&data)
        guard frame.fin else {
            state = .assembling(isText: isText, collected)
            return .incomplete
        }
        return complete(isText: isText, collected)
    }

    private func complete(isText: Bool, _ data: ByteBuffer) -> Outcome {
        let bytes = Array(data.readableBytesView)
        guard isText else { return .message(.binary(bytes)) }
        guard (try? UTF8Span(validating: bytes.span)) != nil else {
            return .violation(.invalidText("A text message must be UTF-8; sound goes into base64 or a binary message."))
        }
        return .message(.text(bytes))
    }

    private func close(_ payload: ByteBuffer) -> Outcome {
        var payload = payload
        if payload.readableBytes == 0 { return .close(nil) }
        guard let code = payload.readInteger(as: UInt16.self) else {
            return .violation(.protocolError("The payload of a close frame begins with two bytes of status code."))
        }
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: break
        default: return .violation(.protocolError("A close frame may not carry the status code \(code)."))
        }
        guard let text = String(validating: payload.readableBytesView, as: UTF8.self) else {
            return .violation(.invalidText("The reason in a close frame must be UTF-8."))
        }
        return .close(CloseReason(code: code, text: text))
    }
}
