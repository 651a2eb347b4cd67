/// Why there is no connection to an upstream, or not any more. No text of it has a key, a header or a query.
enum UpstreamFailure: Error, Equatable, CustomStringConvertible {
    /// The address is none.
    case invalidURL
    /// The file with the certificates cannot be read.
    case unreadable(file: String)
    /// There is nobody, or the network is away.
    case unreachable(reason: String)
    /// It did not open a session in time.
    case connectTimeout(Duration)
    /// It answered the request for a WebSocket with an HTTP status of its own.
    case refused(status: Int, reason: String, retryAfter: Duration?)
    /// It told of an error, and closed, before there was a session.
    case rejected(UpstreamEvent.ErrorDetails)
    /// It closed the WebSocket.
    case closed(code: Int?, reason: String)
    /// The connection broke.
    case lost
    /// It sent nothing, though it owed something.
    case stalled(Duration)
    /// It does not read what it is sent.
    case slowReader
    /// It sent a text message that is no event; ends the sentence "it sent a message …".
    case notAnEvent(String)
    /// It sent a binary message.
    case binaryMessage
    /// It broke the WebSocket protocol, or sent too large a message.
    case protocolViolation(reason: String)

    /// Ends a sentence that begins with the upstream's name.
    var description: String {
        switch self {
        case .invalidURL: "has no address: expected a URL that begins with ws:// or wss://"
        case .unreadable(let file): "cannot be asked: the file \(file) cannot be read"
        case .unreachable(let reason): "cannot be reached: \(reason)"
        case .connectTimeout(let time): "opened no session within \(time.inSeconds) s"
        case .refused(let status, let reason, _) where [401, 403].contains(status):
            "refuses the key (HTTP status \(status)\(reason.isEmpty ? "" : ": \(reason)")); check key and permissions"
        case .refused(let status, let reason, _):
            "answered the request for a WebSocket with HTTP status \(status)\(reason.isEmpty ? "" : ": \(reason)")"
        case .rejected(let error): "opens no session: \(error.message)"
        case .closed(let code, let reason):
            "closed the connection\(code.map { " with code \($0)" } ?? "")\(reason.isEmpty ? "" : ": \(reason)")"
        case .lost: "is gone: the connection broke"
        case .stalled(let time): "sent nothing for \(time.inSeconds) s"
        case .slowReader: "does not read what it is sent"
        case .notAnEvent(let found): "sent a message \(found)"
        case .binaryMessage: "sent a binary message; its protocol has none"
        case .protocolViolation(let reason): "broke the WebSocket protocol: \(reason)"
        }
    }

    /// True if trying again soon is of no use: somebody has to change something first.
    var isRefusal: Bool {
        switch self {
        case .invalidURL, .unreadable: true
        case .refused(let status, _, _): (400..<500).contains(status) && ![408, 425, 429].contains(status)
        case .rejected(let error): error.code == "invalid_api_key" || error.code == "model_not_found"
        default: false
        }
    }

    /// The pause that the upstream asked for.
    var retryAfter: Duration? {
        if case .refused(_, _, let time) = self { time } else { nil }
    }
}

/// Why an upstream gives no answer, or not all of it.
struct UpstreamError: Error, Equatable, CustomStringConvertible {
    /// The upstream's host.
    var upstream: String
    /// What it did.
    var problem: Problem

    /// What an upstream can do instead of answering.
    enum Problem: Equatable {
        /// There is no connection, and the answer waited in vain.
        case away(UpstreamFailure)
        /// The connection ended while it answered.
        case interrupted(UpstreamFailure)
        /// It said that it failed.
        case failed(reason: String)
        /// It stopped by itself.
        case stopped(reason: String)
    }

    var description: String {
        switch problem {
        case .away(let failure): "the upstream \(upstream) \(failure)"
        case .interrupted(let failure): "the upstream \(upstream) \(failure), while it answered"
        case .failed(let reason): "the upstream \(upstream) failed: \(reason)"
        case .stopped(let reason): "the upstream \(upstream) stopped its answer: \(reason)"
        }
    }
}

extension Duration {
    /// Seconds, without decimals if there are none.
    fileprivate var inSeconds: String {
        let seconds = self / .seconds(1)
        return Int(exactly: seconds).map(String.init) ?? "\(seconds)"
    }
}
