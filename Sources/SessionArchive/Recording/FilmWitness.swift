public import Realtime
internal import Synchronization

/// Stands by in a session, so that a film of it can begin at any time: in the middle of an answer, too.
public final class FilmWitness: SessionWitness {
    /// What happened, and when; nothing but time passed where there is no event.
    typealias Sight = (event: SessionEvent?, instant: Duration)

    private struct State {
        var past = FilmPast()
        var film: AsyncStream<Sight>.Continuation?
    }

    private let state = Mutex(State())

    /// Looks on from the beginning of a session.
    public init() {}

    /// Takes note of what happened, and hands it on to the film, if there is one.
    public func see(_ event: SessionEvent, at instant: Duration) {
        state.withLock { state in
            state.past.see(event, at: instant)
            // Who writes so slowly writes no longer: a film with a hole would be none.
            if case .dropped = state.film?.yield((event, instant)) { state.film?.finish() }
        }
    }

    /// From now on a film sees what happens.
    /// - Returns: what it has to know of what happened before.
    func begin(_ film: AsyncStream<Sight>.Continuation) -> FilmPast {
        state.withLock { state in
            state.film = film
            return state.past
        }
    }
}
