/// Decides how a WebSocket ends: RFC 6455, section 7.
///
/// Whoever sends the first close frame waits for the other's; the server then closes the TCP connection. A client
/// that broke the protocol, or does not answer, is not waited for beyond the shell's deadline.
struct CloseHandshake {
    /// What the shell has to do.
    enum Action: Equatable {
        /// Nothing.
        case none
        /// Send a close frame, and call ``deadlinePassed()`` a few seconds later.
        case sendClose(CloseReason)
        /// Send a close frame, then close the connection.
        case sendCloseAndDisconnect(CloseReason)
        /// Close the connection.
        case disconnect
    }

    private enum State {
        case open
        case closeSent
        case over
    }

    private var state = State.open

    /// True until a close frame was sent or received: messages may be exchanged.
    var isOpen: Bool { state == .open }

    /// The server wants to close, or the client broke the protocol.
    mutating func close(_ reason: CloseReason) -> Action {
        guard state == .open else { return .none }
        state = .closeSent
        return .sendClose(reason)
    }

    /// The client's close frame came; it is echoed unless ours is already out.
    mutating func received(_ reason: CloseReason?) -> Action {
        defer { state = .over }
        switch state {
        case .open: return .sendCloseAndDisconnect(reason ?? .normal)
        case .closeSent: return .disconnect
        case .over: return .none
        }
    }

    /// The client had its time, or has gone.
    mutating func deadlinePassed() -> Action {
        guard state != .over else { return .none }
        state = .over
        return .disconnect
    }
}
