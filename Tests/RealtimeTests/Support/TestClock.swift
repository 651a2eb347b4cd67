import Realtime
import Synchronization

/// Time that a test controls.
final class TestClock: SessionClock {
    private struct State {
        var now = Duration.zero
        var leaps: Bool
        var sleepers: [(id: Int, deadline: Duration, wake: CheckedContinuation<Void, any Error>)] = []
        var nextID = 0
        var cancelled: Set<Int> = []
    }

    private let state: Mutex<State>

    /// - Parameter leaps: true if a sleep takes no time, but moves the clock to its deadline; false if time passes
    ///   only by ``advance(by:)``.
    init(leaps: Bool) {
        state = Mutex(State(leaps: leaps))
    }

    var now: Duration { state.withLock { $0.now } }

    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now += duration
            let now = state.now
            let due = state.sleepers.filter { $0.deadline <= now }
            state.sleepers.removeAll { $0.deadline <= now }
            return due
        }
        for sleeper in due { sleeper.wake.resume() }
    }

    /// Lets time pass until the task is cancelled, as fast as a session can follow.
    func tick() -> Task<Void, Never> {
        Task {
            while !Task.isCancelled {
                advance(by: .milliseconds(10))
                await Task.yield()
            }
        }
    }

    func sleep(until deadline: Duration) async throws {
        try Task.checkCancellation()
        let leapt = state.withLock { state in
            guard state.leaps else { return false }
            state.now = max(state.now, deadline)
            return true
        }
        if leapt { return await Task.yield() }
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { wake in
                let refusal: Result<Void, any Error>? = state.withLock { state in
                    if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
                    if deadline <= state.now { return .success(()) }
                    state.sleepers.append((id, deadline, wake))
                    return nil
                }
                if let refusal { wake.resume(with: refusal) }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                    state.cancelled.insert(id)
                    return nil as CheckedContinuation<Void, any Error>?
                }
                return state.sleepers.remove(at: index).wake
            }
            sleeper?.resume(throwing: CancellationError())
        }
    }
}
