import Avatars
import Foundation
import Logging
import Realtime
import SessionArchive
import Synchronization
import Video

/// The films that are being made of sessions, one for each at most.
final class Recordings: Sendable {
    private let logger: Logger
    private let recorders = Mutex<[String: Task<FilmRecorder, any Error>]>([:])

    init(logger: Logger) { self.logger = logger }

    /// Begins to film a session.
    /// - Parameter witness: has looked on since it began.
    /// - Returns: nil if it is, or was, filmed already.
    func start(
        _ live: LiveSessions.Live, seenBy witness: FilmWitness, in file: URL
    ) async throws -> FilmRecorder? {
        let id = live.session.id
        let begun: Task<FilmRecorder, any Error>? = recorders.withLock { recorders in
            // Asking and beginning are one step: of two who ask at once one begins.
            guard recorders[id] == nil, !FileManager.default.fileExists(atPath: file.path) else { return nil }
            let task = Task {
                try await FilmRecorder(
                    of: live.session, seenBy: witness, showing: live.avatar.load(\.avatar),
                    poses: { await self.poses(of: live.avatar) }, in: file)
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

    /// The clips of the avatar's poses. Who cannot show one stays idle, on the page too.
    private func poses(of avatar: Loan<Stage.Parts>) async -> [AvatarPose: [EncodedFrame]] {
        var clips: [AvatarPose: [EncodedFrame]] = [:]
        for (pose, clip) in avatar.item.poses {
            do throws(AvatarUnavailable) {
                clips[pose] = try await avatar.load(clip)
            } catch {
                logger.warning("A film lacks a pose.", metadata: ["pose": "\(pose)", "reason": "\(error.reason)"])
            }
        }
        return clips
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
