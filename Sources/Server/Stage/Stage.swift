import Realtime

/// The avatars that a server shows, loaded and ready to speak.
public struct Stage: Sendable {
    /// One avatar, and the picture of it that is the same for every client.
    struct Presence: Sendable {
        let performer: any Performing
        /// The idle clip: each frame a binary message of kind 3 behind its length (see `docs/protocol.md`).
        let idle: StoredFile
        /// The first frame, PNG.
        let poster: StoredFile
    }

    /// In the order in which people should see them; empty only until the first is added.
    private(set) var presences: [Presence] = []
    /// The avatar of clients that ask for none.
    let defaultAvatar: String

    /// An empty stage.
    /// - Parameter defaultAvatar: the id of an avatar that is added before the server starts.
    init(defaultAvatar: String) {
        self.defaultAvatar = defaultAvatar
    }

    /// Lets an avatar enter.
    /// - Parameters:
    ///   - performer: speaks for it.
    ///   - idle: its idle clip, frame by frame: an H.264 access unit, and whether it is a keyframe.
    ///   - poster: its first frame, a PNG file.
    mutating func add(_ performer: any Performing, idle: [(data: [UInt8], isKeyframe: Bool)], poster: [UInt8]) {
        let fps = performer.avatarDescription.fps
        var clip: [UInt8] = []
        for (index, frame) in idle.enumerated() {
            let header = BinaryMessage(
                kind: .idleVideo, isKeyframe: frame.isKeyframe, index: UInt32(index), baseFrame: UInt32(index),
                ptsMicroseconds: UInt64(index * 1_000_000 / fps))
            let message = frame.data.withUnsafeBytes { header.encoded(with: $0) }
            withUnsafeBytes(of: UInt32(message.count).littleEndian) { clip += $0 }
            clip += message
        }
        presences.append(
            Presence(
                performer: performer, idle: StoredFile(clip, contentType: "application/octet-stream"),
                poster: StoredFile(poster, contentType: "image/png")))
    }

    /// The avatar with this id.
    subscript(id: String) -> Presence? {
        presences.first { $0.performer.avatarDescription.id == id }
    }
}
