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
    func startUtterance(of avatar: Avatar, atBaseFrame baseFrame: Int) throws -> any UtteranceFaces
}

/// One utterance inside an engine: speech goes in, finished pictures come out.
///
/// Of an utterance of n samples (24 kHz) exactly ceil(n / 960) frames come out at 25 fps; frame k shows the
/// mouth at PTS k / fps.
public protocol UtteranceFaces: Sendable {
    /// Takes the next piece of speech, of any length.
    mutating func append(_ speech: [Int16])

    /// Says that no more speech follows: the remaining frames need not wait for look-ahead.
    mutating func finish()

    /// Paints the next frame.
    /// - Returns: false, and `picture` unchanged, if that frame needs more speech, or if all frames are out.
    mutating func paintNextFrame(into picture: PixelBuffer) async throws -> Bool
}
