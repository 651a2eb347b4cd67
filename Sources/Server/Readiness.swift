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

        func refusal(limit: Int) -> Refusal? {
            switch phase {
            case .starting: .starting
            case .draining: .draining
            case .ready: sessions < limit ? nil : .full
            }
        }
    }

    private let state = Mutex(State())

    /// Where the server is in its life.
    var phase: Phase { state.withLock { $0.phase } }
    /// Sessions that are connected, or about to be: their handshake is admitted.
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

    /// Why no session is taken now.
    enum Refusal: Error, Equatable {
        case starting
        case draining
        case full
    }

    /// A session's place, taken before its handshake is answered. It is free again when nobody holds this any more,
    /// however the connection ends.
    final class Place: Sendable {
        private let readiness: Readiness

        fileprivate init(in readiness: Readiness) { self.readiness = readiness }

        deinit {
            readiness.state.withLock { $0.sessions -= 1 }
        }
    }

    /// Takes a place among `limit`. Asking and taking are one step: of all who ask at once, only as many as there is
    /// room for are let in.
    func takePlace(among limit: Int) throws(Refusal) -> Place {
        try state.withLock { state throws(Refusal) in
            if let refusal = state.refusal(limit: limit) { throw refusal }
            state.sessions += 1
        }
        return Place(in: self)
    }

    /// Why a session would be refused now; nil if there is a place for it.
    func refusal(limit: Int) -> Refusal? {
        state.withLock { $0.refusal(limit: limit) }
    }
}
