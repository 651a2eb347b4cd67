/// Why a service did not do its part: which one, what it answered, what to do.
public struct ServiceError: Error, Equatable, CustomStringConvertible {
    /// What went wrong.
    public enum Failure: Sendable, Equatable {
        /// It answered with an error status. `retryAfter` is what it asked for.
        case refused(status: Int, message: String, retryAfter: Duration?)
        /// There is no connection to it.
        case unreachable(reason: String)
        /// It has been silent for so long.
        case stalled(Duration)
        /// The connection ended in the middle of its answer.
        case lost(reason: String)
        /// Its answer is not what the interface says.
        case malformed(reason: String)

        /// True if it is likely to fail others too: it is away, or lets nobody in.
        var isOutage: Bool {
            switch self {
            case .unreachable, .stalled, .lost: true
            case .refused(let status, _, _): [401, 403, 404, 429].contains(status) || status >= 500
            case .malformed: false
            }
        }
    }

    /// What it is for: `speech recognition`, `language model` or `speech synthesis`.
    public var service: String
    /// What was asked.
    public var url: String
    /// What went wrong.
    public var failure: Failure

    /// What was found and what to do.
    public var description: String { "the \(service) at \(url) \(found)" }

    private var found: String {
        switch failure {
        case .refused(let status, let message, let retryAfter):
            "answered \(status)\(message.isEmpty ? "" : " (\(message))"): \(Self.remedy(for: status, retryAfter))"
        case .unreachable(let reason):
            "cannot be reached (\(reason)): start it, or correct base_url"
        case .stalled(let patience):
            "has been silent for \(patience.formatted): see whether it is busy, or raise patience_seconds"
        case .lost(let reason): "broke off in the middle of its answer (\(reason)): ask again, and see its log"
        case .malformed(let reason): "answered what cannot be understood (\(reason)): check base_url and model"
        }
    }

    private static func remedy(for status: Int, _ retryAfter: Duration?) -> String {
        switch status {
        case 401, 403: "check its key, api_key_env or api_key_file"
        case 404: "check base_url and model"
        case 429: retryAfter.map { "ask again in \($0.formatted)" } ?? "ask again later, or raise its limit"
        case 500...: "ask again, and see its log"
        default: "check its settings"
        }
    }
}

extension Duration {
    /// In seconds, e.g. `1.5 s`.
    fileprivate var formatted: String {
        let seconds = (Double(components.seconds) * 10 + Double(components.attoseconds) / 1e17).rounded() / 10
        return "\(seconds) s"
    }
}
