import Avatars
import Engines
import Realtime
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

    /// In the order in which people should see them; empty only until the first is added.
    private(set) var presences: [Presence] = []
    /// The avatar of clients that ask for none.
    let defaultAvatar: String

    /// What moves their lips.
    let engines: EngineCatalog

    /// An empty stage.
    /// - Parameters:
    ///   - defaultAvatar: the id of an avatar that is added before the server starts.
    ///   - engines: what moves the lips of those who enter.
    init(defaultAvatar: String, engines: EngineCatalog = EngineCatalog(EngineSettings())) {
        self.defaultAvatar = defaultAvatar
        self.engines = engines
    }

    /// Lets an avatar enter.
    mutating func add(_ presence: Presence) {
        presences.append(presence)
    }

    /// The avatar with this id.
    subscript(id: String) -> Presence? {
        presences.first { $0.description.id == id }
    }
}
