internal import Responders
internal import Synchronization

/// Whether the services behind a chat are there, as far as one session has noticed; it is told when that changes.
final class Reachability: Sendable {
    fileprivate enum State {
        case reachable
        /// `watch` finds out when they are back; nil where only the next answer can tell.
        case away(watch: Task<Void, Never>?)
    }

    private let parts: [any ChatPart]
    private let notice: AsyncStream<ResponderNotice>.Continuation
    private let state = Mutex(State.reachable)

    /// How long to wait before looking whether a service is back; then twice as long each time.
    private static let pause = (first: Duration.seconds(1), longest: Duration.seconds(30))

    /// - Parameters:
    ///   - parts: what has to be there.
    ///   - notice: gets ``ResponderNotice/unreachable(reason:retry:)`` and ``ResponderNotice/reachable``.
    init(of parts: [any ChatPart], notice: AsyncStream<ResponderNotice>.Continuation) {
        self.parts = parts
        self.notice = notice
    }

    /// An answer has failed.
    func failed(_ error: any Error) {
        guard let error = error as? ServiceError, error.failure.isOutage else { return }
        // Of a service that is there and refuses, its list of models says nothing.
        let isWatched = if case .unreachable = error.failure { true } else { false }
        let reason = "\(error)"
        state.withLock { state in
            state.endWatch()
            notice.yield(
                .unreachable(
                    reason: reason.prefix(1).uppercased() + reason.dropFirst() + ".",
                    retry: isWatched ? Self.pause.first : nil))
            state = .away(watch: isWatched ? Task { await watch() } : nil)
        }
    }

    /// An answer has come as far as the client.
    func answered() {
        state.withLock { state in
            guard case .away = state else { return }
            state.endWatch()
            state = .reachable
            notice.yield(.reachable)
        }
    }

    /// The client is gone.
    func leave() {
        state.withLock { $0.endWatch() }
    }

    private func watch() async {
        var pause = Self.pause.first
        repeat {
            guard (try? await Task.sleep(for: pause)) != nil else { return }
            pause = min(pause * 2, Self.pause.longest)
        } while await !areAllThere()
        if !Task.isCancelled { answered() }
    }

    private func areAllThere() async -> Bool {
        for part in parts where await !part.isThere() { return false }
        return true
    }
}

extension Reachability.State {
    fileprivate func endWatch() {
        if case .away(let watch) = self { watch?.cancel() }
    }
}
