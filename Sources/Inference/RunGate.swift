import Synchronization

/// Counts the runs of graphs that are under way, so that a process waits for them before it ends.
///
/// What the library keeps for the whole process is destroyed at `exit`; a run that is still under way then fails, as if
/// the device were broken.
public final class RunGate: Sendable {
    private struct State {
        var running = 0
        var isClosed = false
        /// Each ends the waiting of one who closes. They share no stream: who gives up waiting would end it for all.
        var waiting: [AsyncStream<Never>.Continuation] = []
    }

    /// The one through which every run of this process goes.
    public static let process = RunGate()

    private let state = Mutex(State())

    /// Open.
    init() {}

    /// Runs something, unless the gate is closed.
    /// - Throws: ``InferenceError/ending``, or what the body throws.
    func pass<Result>(_ body: () throws(InferenceError) -> Result) throws(InferenceError) -> Result {
        try state.withLock { state throws(InferenceError) in
            if state.isClosed { throw .ending }
            state.running += 1
        }
        defer {
            state.withLock { state in
                state.running -= 1
                Self.finishIfIdle(&state)
            }
        }
        return try body()
    }

    /// Lets no further run begin, and waits for those under way.
    /// - Parameter patience: how long at most. A run cannot be interrupted.
    public func close(within patience: Duration) async {
        let (running, ended) = AsyncStream.makeStream(of: Never.self)
        state.withLock { state in
            state.isClosed = true
            state.waiting.append(ended)
            Self.finishIfIdle(&state)
        }
        await withTaskGroup { group in
            group.addTask { for await _ in running {} }
            group.addTask { try? await Task.sleep(for: patience) }
            await group.next()
            group.cancelAll()
        }
    }

    private static func finishIfIdle(_ state: inout State) {
        guard state.isClosed, state.running == 0 else { return }
        for ended in state.waiting { ended.finish() }
        state.waiting = []
    }
}
