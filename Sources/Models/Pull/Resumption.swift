import Foundation

/// Decides what the answer to a request for the rest of a file means.
struct Resumption: Equatable {
    /// What to do with the answer.
    enum Verdict: Equatable {
        /// The bytes that come go after those that are there.
        case append
        /// The whole file comes: those that are there are of no use.
        case replace
        /// There is nothing more to come.
        case complete
        /// Ask once more, from the beginning.
        case startOver
        /// Ask once more, later.
        case later(String)
        /// It is of no use to ask again.
        case never(String)
    }

    /// The bytes that are there.
    var have: Int

    /// The header that asks for the rest; nil to ask for all.
    var range: String? { have > 0 ? "bytes=\(have)-" : nil }

    /// What an answer means.
    /// - Parameters:
    ///   - contentRange: its `Content-Range`, e.g. `bytes 5-9/10` (RFC 9110, section 14.4).
    func verdict(status: Int, contentRange: String?) -> Verdict {
        switch status {
        case 200: return .replace
        case 206:
            let first = contentRange?.firstMatch(of: /bytes (\d+)-/).flatMap { Int($0.1) }
            return first == have ? .append : .startOver
        case 416:
            let length = contentRange?.firstMatch(of: /bytes \*\/(\d+)/).flatMap { Int($0.1) }
            return length == have ? .complete : .startOver
        case 408, 425, 429, 500...599: return .later("the server answers \(status)")
        case 401, 403: return .never("the server answers \(status): it does not let everybody have this file")
        default: return .never("the server answers \(status)")
        }
    }
}

/// How often, and after which time, to try again.
struct Patience: Equatable {
    /// Tries in a row that bring nothing, until it is given up.
    var tries = 6
    /// The pause after the first of them; each next one is twice as long.
    var pause = Duration.seconds(1)
    private var failures = 0

    init(tries: Int = 6, pause: Duration = .seconds(1)) {
        self.tries = tries
        self.pause = pause
    }

    /// After a try that failed: how long to wait, or nil to give up.
    /// - Parameter hasProgressed: whether it brought any byte; then counting begins again.
    mutating func next(hasProgressed: Bool) -> Duration? {
        failures = hasProgressed ? 1 : failures + 1
        return failures < tries ? pause * (1 << (failures - 1)) : nil
    }
}
