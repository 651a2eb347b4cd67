public import Avatars
import Video

/// Everything that it takes to let an avatar speak: the avatar, an engine that moves its lips and encoders for
/// the result. One serves all sessions that show the same avatar.
public final class Performer: Sendable {
    /// Who is seen.
    public let avatar: Avatar
    private let engine: any LipSyncEngine
    private let encoders: H264EncoderPool

    /// Puts the parts together.
    /// - Parameter engine: what moves the lips.
    public init(avatar: Avatar, engine: any LipSyncEngine) {
        self.avatar = avatar
        self.engine = engine
        encoders = H264EncoderPool(avatar.encoding)
    }

    /// Starts an utterance.
    /// - Parameter baseFrame: the frame of the avatar's clip on which its first frame is painted, any integer;
    ///   the clip repeats.
    /// - Throws: what the engine throws where it cannot take another utterance, and ``Video/H264Encoder/Failure``.
    public func startUtterance(atBaseFrame baseFrame: Int) throws -> UtteranceVideo {
        let count = avatar.frameCount
        let first = ((baseFrame % count) + count) % count
        return UtteranceVideo(
            avatar: avatar, firstBaseFrame: first, faces: try engine.startUtterance(of: avatar, atBaseFrame: first),
            encoder: try encoders.borrow())
    }
}
