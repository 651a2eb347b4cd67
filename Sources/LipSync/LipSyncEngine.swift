public import Avatars
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
}

/// One utterance inside an engine: speech goes in, finished pictures come out.
///
/// Of an utterance of n samples (24 kHz) exactly ``FrameTiming/frameCount(ofSamples:)`` frames come out; frame k
/// shows the mouth at PTS k / fps. It belongs to whoever started it, so it need not be `Sendable`; it is a class
/// because speech may arrive while a frame is being painted.
public protocol UtteranceFaces: AnyObject {
    /// Takes the next piece of speech, of any length.
    func append(_ speech: [Int16])

    /// Says that no more speech follows: the remaining frames need not wait for look-ahead.
    func finish()

    /// Paints the next frame.
    /// - Returns: false, and `picture` unchanged, if that frame needs more speech, or if all frames are out.
    func paintNextFrame(into picture: PixelBuffer) async throws -> Bool
}
