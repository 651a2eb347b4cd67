import Synchronization

/// Whether the server takes sessions, and how many there are.
final class Readiness: Sendable {
    /// Where the server is in its life.
    enum Phase: Sendable {
        /// Avatars are being loaded.
        case starting
        /// Sessions are welcome.
        case ready
        /// It is shutting down: sessions finish, none is taken.
        case draining
    }

    private struct State {
        var phase = Phase.starting
        var sessions = 0
    }

    private let state = Mutex(State())

    /// Where the server is in its life.
    var phase: Phase { state.withLock { $0.phase } }
    /// Sessions that are connected.
    var sessions: Int { state.withLock { $0.sessions } }

    /// Sessions are welcome from now on, unless the server is already shutting down.
    func ready() {
        state.withLock { state in
            if state.phase == .starting { state.phase = .ready }
        }
    }

    /// No session is taken from now on.
    func drain() {
        state.withLock { $0.phase = .draining }
    }

    /// Counts a session for as long as `body` runs.
    func session<Result>(_ body: () async -> Result) async -> Result {
        state.withLock { $0.sessions += 1 }
        defer { state.withLock { $0.sessions -= 1 } }
        return await body()
    }
}
