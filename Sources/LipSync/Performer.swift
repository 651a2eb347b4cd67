public import Avatars
public import Batching
import Metrics
import Video

/// Everything that it takes to let an avatar speak: the avatar, an engine that moves its lips and encoders for
/// the result. One serves all sessions that show the same avatar.
public final class Performer: Sendable {
    /// Who is seen.
    public let avatar: Avatar
    private let engine: any LipSyncEngine
    private let studio: FrameStudio
    private let encoders: H264EncoderPool
    private let metrics: FrameMetrics

    /// Puts the parts together.
    /// - Parameters:
    ///   - engine: what moves the lips.
    ///   - studio: where its frames are painted and compressed; all performers of a machine share one.
    public init(avatar: Avatar, engine: any LipSyncEngine, studio: FrameStudio) {
        self.avatar = avatar
        self.engine = engine
        self.studio = studio
        encoders = H264EncoderPool(avatar.encoding)
        metrics = FrameMetrics(engine: engine.name, device: engine.device)
    }

    /// The places that an utterance takes: on the engine's devices, and in the studio.
    public var places: [SpeakingPlaces] { [engine.places, studio.places].compactMap { $0 } }

    /// Has the studio measured with frames of the avatar, so that it is known how many it can make before anybody asks.
    /// - Throws: ``Video/H264Encoder/Failure``.
    public func rehearse() async throws {
        try await studio.rehearse {
            UtteranceVideo(
                avatar: avatar, firstBaseFrame: 0, faces: StillFaces(of: avatar), encoder: try encoders.borrow(),
                studio: studio,
                metrics: FrameMetrics(engine: engine.name, device: engine.device, factory: NOOPMetricsHandler.instance))
        }
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
            encoder: try encoders.borrow(), studio: studio, metrics: metrics)
    }
}
