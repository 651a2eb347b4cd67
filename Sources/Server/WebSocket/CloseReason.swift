import NIOWebSocket

/// Why a WebSocket closes: a code of RFC 6455, section 7.4, and a sentence for whoever reads the client's log.
struct CloseReason: Sendable, Equatable {
    /// The status code, 1000…4999.
    var code: UInt16
    /// The sentence; at most 123 bytes of UTF-8 go on the wire.
    var text: String

    /// Puts the parts together.
    init(code: UInt16, text: String) {
        self.code = code
        self.text = text
    }

    /// 1000: both sides are done.
    static let normal = CloseReason(code: 1000, text: "")
    /// 1001: the server stops.
    static let goingAway = CloseReason(code: 1001, text: "The server is shutting down; connect again in a while.")
    /// 1011: there is nobody to talk to; an event before it says why.
    static let avatarUnavailable = CloseReason(code: 1011, text: "The avatar cannot be loaded.")
    /// 1011: there is nothing to answer; an event before it says why.
    static let responderUnavailable = CloseReason(code: 1011, text: "The responder cannot be had.")
    /// 1013: there is no room; an event before it says when to try again.
    static let capacityExceeded = CloseReason(
        code: 1013, text: "The machine carries no more sessions; try again later.")
    /// 1013: the client does not read what it is sent.
    static func tooSlow(_ detail: String) -> CloseReason {
        CloseReason(code: 1013, text: "The client reads too slowly: \(detail).")
    }
    /// 1002: the client broke RFC 6455.
    static func protocolError(_ detail: String) -> CloseReason { CloseReason(code: 1002, text: detail) }
    /// 1007: text that is not UTF-8.
    static func invalidText(_ detail: String) -> CloseReason { CloseReason(code: 1007, text: detail) }
    /// 1009: a message over the limit of `bytes`.
    static func tooLarge(limit bytes: Int) -> CloseReason {
        CloseReason(code: 1009, text: "A message may have at most \(bytes) bytes; send audio in smaller pieces.")
    }

    /// The payload of the close frame, cut at a character boundary to what a control frame may hold.
    var payload: [UInt8] {
        var cut = Substring(text)
        while cut.utf8.count > 123 { cut.removeLast() }
        return [UInt8(code >> 8), UInt8(code & 0xFF)] + cut.utf8
    }
}

extension CloseReason {
    /// What NIO's frame decoder found wrong, in our words.
    init(_ error: NIOWebSocketError, messageLimit: Int) {
        switch error {
        case .invalidFrameLength: self = .tooLarge(limit: messageLimit)
        case .fragmentedControlFrame: self = .protocolError("A control frame may not be fragmented.")
        case .multiByteControlFrameLength: self = .protocolError("A control frame may have at most 125 bytes.")
        }
    }
}
