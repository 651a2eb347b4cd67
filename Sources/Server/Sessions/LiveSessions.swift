import Realtime
import SessionArchive
import Synchronization

/// The sessions whose clients are connected, by name.
final class LiveSessions: Sendable {
    /// One of them.
    struct Live: Sendable {
        let session: RealtimeSession
        let avatar: Loan<Stage.Parts>
        /// The voice that its client chose when it connected.
        let voice: String
        let status: StatusFeed
        /// Stands by to film it; nil where sessions are not kept.
        let film: FilmWitness?
    }

    private let sessions = Mutex<[String: Live]>([:])

    /// The session of this name, if its client is connected.
    subscript(id: String) -> Live? { sessions.withLock { $0[id] } }

    /// A client has connected.
    func add(_ live: Live) {
        sessions.withLock { $0[live.session.id] = live }
    }

    /// The client of this session is gone.
    func remove(_ id: String) {
        sessions.withLock { $0[id] = nil }
    }
}
