public import Avatars

/// Everything that it takes to let an avatar speak: the avatar, an engine that moves its lips and encoders for
/// the result. One serves all sessions that show the same avatar.
public final class Performer: Sendable {
    /// Who is seen.
    public let avatar: Avatar
    private let engine: any LipSyncEngine
    private let makeEncoder: @Sendable () throws -> sending any FrameEncoder

    /// Puts the parts together.
    /// - Parameter makeEncoder: gives an encoder for one utterance, of the avatar's size and frame rate.
    public init(
        avatar: Avatar, engine: any LipSyncEngine,
        makeEncoder: @escaping @Sendable () throws -> sending any FrameEncoder
    ) {
        self.avatar = avatar
        self.engine = engine
        self.makeEncoder = makeEncoder
    }

    /// Starts an utterance.
    /// - Parameter baseFrame: the frame of the avatar's clip on which its first frame is painted, any integer;
    ///   the clip repeats.
    /// - Throws: what the engine or the encoder throws where it cannot take another utterance.
    public func startUtterance(atBaseFrame baseFrame: Int) throws -> UtteranceVideo {
        let count = avatar.frameCount
        let first = ((baseFrame % count) + count) % count
        return UtteranceVideo(
            avatar: avatar, firstBaseFrame: first, faces: try engine.startUtterance(of: avatar, atBaseFrame: first),
            encoder: try makeEncoder())
    }
}
