import Realtime
import Synchronization

/// Tells everybody who listens what the avatar of a session does, and what is said.
final class StatusFeed: SessionWitness {
    /// How much may wait for a listener who reads too slowly, before they are let go.
    private static let backlog = 256

    private struct State {
        var status = SessionStatus()
        var listeners: [Int: AsyncStream<SessionStatus.News>.Continuation] = [:]
        var nextListener = 0
        var silence: Task<Void, Never>?
        var hasEnded = false
    }

    private let state = Mutex(State())

    /// What the avatar does now.
    var current: SessionStatus.State { state.withLock { $0.status.state } }

    /// What happens from now on, beginning with what the avatar does. It ends with the session, and for those who fall
    /// far behind.
    func news() -> AsyncStream<SessionStatus.News> {
        let (stream, listener) = AsyncStream.makeStream(
            of: SessionStatus.News.self, bufferingPolicy: .bufferingOldest(Self.backlog))
        let id = state.withLock { state in
            guard !state.hasEnded else {
                listener.yield(.ended)
                listener.finish()
                return 0
            }
            listener.yield(.state(state.status.state))
            state.nextListener += 1
            state.listeners[state.nextListener] = listener
            return state.nextListener
        }
        listener.onTermination = { [weak self] _ in
            // In a task: whoever is let go is let go under the lock.
            Task { self?.state.withLock { _ = $0.listeners.removeValue(forKey: id) } }
        }
        return stream
    }

    func see(_ event: SessionEvent, at instant: Duration) {
        switch event {
        case .heard, .showed, .idle, .timed: return  // Dozens a second, and nobody's state changes.
        default: break
        }
        state.withLock { state in
            tell(state.status.news(of: event, at: instant), &state)
            state.silence?.cancel()
            state.silence = nil
            guard let end = state.status.playsUntil else { return }
            state.silence = Task { [weak self] in
                try? await Task.sleep(for: end - instant)
                guard !Task.isCancelled else { return }
                self?.fallSilent(at: end)
            }
        }
    }

    private func fallSilent(at instant: Duration) {
        state.withLock { state in tell(state.status.news(at: instant), &state) }
    }

    private func tell(_ news: [SessionStatus.News], _ state: inout State) {
        for item in news {
            for (id, listener) in state.listeners {
                if case .dropped = listener.yield(item) {
                    listener.finish()
                    state.listeners[id] = nil
                }
            }
            if item == .ended {
                state.hasEnded = true
                for listener in state.listeners.values { listener.finish() }
                state.listeners = [:]
            }
        }
    }
}
