public import Avatars
public import Batching
public import Video

/// Turns speech into pictures of an avatar that says it.
///
/// The contract is the smallest that an avatar needs (compare livekit/agents `voice/avatar/_types.py`): speech
/// is pushed in, its end is part of the stream, frames come out in order, and dropping the stream interrupts it.
public protocol LipSyncEngine: Sendable {
    /// The name by which the configuration and the command line choose it.
    var name: String { get }

    /// Starts an utterance.
    /// - Parameter baseFrame: the frame of the avatar's clip on which utterance frame 0 is painted;
    ///   frame k is painted on `(baseFrame + k) % avatar.frameCount`.
    func startUtterance(of avatar: Avatar, atBaseFrame baseFrame: Int) throws -> sending any UtteranceFaces

    /// The places of those who speak on the engine's devices; nil where it needs nothing but the processor that paints
    /// and compresses its frames.
    var places: SpeakingPlaces? { get }

    /// Where its frames are made, as metrics name it: `cpu`, or what `--device` says.
    var device: String { get }
}

extension LipSyncEngine {
    /// Nothing but the processor.
    public var places: SpeakingPlaces? { nil }

    /// The processor.
    public var device: String { "cpu" }
}

/// One utterance inside an engine: speech goes in, finished pictures come out.
///
/// Of an utterance of n samples (24 kHz) exactly ``FrameTiming/frameCount(ofSamples:)`` frames come out; frame k
/// shows the mouth at PTS k / fps. It belongs to whoever started it, so it need not be `Sendable`; it is a class
/// because speech may arrive while a frame is being prepared.
///
/// A frame comes in two steps: what takes a device that others use, too, may be waited for; painting takes the processor
/// alone.
public protocol UtteranceFaces: AnyObject {
    /// Takes the next piece of speech, of any length.
    func append(_ speech: [Int16])

    /// Says that no more speech follows: the remaining frames need not wait for look-ahead.
    func finish()

    /// Gets everything for the next frame. To be asked for one frame at a time.
    /// - Parameter slack: how long from now the frame is wanted; nil if nobody waits for it. It comes in time, if need
    ///   be with a mouth that was made for a frame before.
    /// - Returns: false if that frame needs more speech, or if all frames are out.
    func prepareNextFrame(within slack: Duration?) async throws -> Bool

    /// Paints the frame that was prepared, and goes on to the next.
    func paintNextFrame(into picture: PixelBuffer)

    /// Goes on to the next frame, without painting the one that was prepared.
    func skipNextFrame()
}
