import Foundation
import Logging
import Realtime
import SessionArchive
import Synchronization

/// The films that are being made of sessions, one for each at most.
final class Recordings: Sendable {
    private let logger: Logger
    private let recorders = Mutex<[String: Task<FilmRecorder, any Error>]>([:])

    init(logger: Logger) { self.logger = logger }

    /// Begins to film a session.
    /// - Returns: nil if it is, or was, filmed already.
    func start(_ live: LiveSessions.Live, in file: URL) async throws -> FilmRecorder? {
        let id = live.session.id
        let begun: Task<FilmRecorder, any Error>? = recorders.withLock { recorders in
            // Asking and beginning are one step: of two who ask at once one begins.
            guard recorders[id] == nil, !FileManager.default.fileExists(atPath: file.path) else { return nil }
            let task = Task {
                try await FilmRecorder(of: live.session, showing: live.avatar.load(\.avatar), in: file)
            }
            recorders[id] = task
            return task
        }
        guard let begun else { return nil }
        do {
            return try await begun.value
        } catch {
            recorders.withLock { _ = $0.removeValue(forKey: id) }
            throw error
        }
    }

    /// Who films this session; nil if nobody does.
    func recorder(of id: String) async -> FilmRecorder? {
        try? await recorders.withLock { $0[id] }?.value
    }

    /// Completes the film of a session, if there is one.
    func stop(_ id: String) async -> FilmRecorder? {
        let recorder = await recorder(of: id)
        await recorder?.stop()
        return recorder
    }

    /// The session is over, or its film is to be deleted: it is complete when this returns.
    func forget(_ id: String) async {
        if case .failed(let reason) = await stop(id)?.state {
            logger.warning("A film of a session broke off.", metadata: ["session": "\(id)", "reason": "\(reason)"])
        }
        recorders.withLock { _ = $0.removeValue(forKey: id) }
    }
}
