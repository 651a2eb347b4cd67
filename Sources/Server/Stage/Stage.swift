import Avatars
import Engines
import Foundation
import Realtime
import Synchronization
import Video

/// The avatars that a server shows. One is loaded when somebody first asks for it, and let go when nobody has used it for
/// a while; the default one stays.
public struct Stage: Sendable {
    /// One avatar, and the picture of it that is the same for every client.
    struct Presence: Sendable {
        let description: AvatarDescription
        /// The first frame, PNG.
        let poster: StoredFile
        /// The rest, while somebody uses it, and a while longer.
        let parts: Lending<Parts>
    }

    /// What of an avatar is loaded when somebody first asks for it.
    struct Parts: Sendable {
        /// Whose they are.
        let id: String
        /// All of it.
        let avatar: OnDemand<Avatar>
        /// The idle clip: each frame a binary message of kind 3 behind its length (see `docs/protocol.md`).
        let idle: OnDemand<StoredFile>
        /// The clips of the poses that it has.
        let poses: [AvatarPose: OnDemand<[EncodedFrame]>]
        /// The same in the form of ``idle``.
        let storedPoses: [AvatarPose: OnDemand<StoredFile>]
        /// What speaks for it.
        let performer: OnDemand<any Performing>
    }

    private let entered = Entered()
    /// The avatar of clients that ask for none.
    let defaultAvatar: String

    /// What moves their lips.
    let engines: EngineCatalog
    /// How one that has just been made enters: from its bundle. Nil where nobody can be let in.
    var enter: (@Sendable (_ bundle: URL) async throws -> Void)?

    /// An empty stage.
    /// - Parameters:
    ///   - defaultAvatar: the id of an avatar that is added before the server starts.
    ///   - engines: what moves the lips of those who enter.
    init(defaultAvatar: String, engines: EngineCatalog = EngineCatalog(EngineSettings())) {
        self.defaultAvatar = defaultAvatar
        self.engines = engines
    }

    /// In the order in which people should see them; empty only until the first is added.
    var presences: [Presence] { entered.presences.withLock { $0 } }

    /// Lets an avatar enter; all who have this stage see it.
    /// - Returns: false if one of that id is there.
    @discardableResult
    func add(_ presence: Presence) -> Bool {
        entered.presences.withLock { presences in
            guard !presences.contains(where: { $0.description.id == presence.description.id }) else { return false }
            presences.append(presence)
            return true
        }
    }

    /// The avatar with this id.
    subscript(id: String) -> Presence? {
        presences.first { $0.description.id == id }
    }
}

/// The avatars that are on a stage: one list for all who have it.
private final class Entered: Sendable {
    let presences = Mutex<[Stage.Presence]>([])
}
