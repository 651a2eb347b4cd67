import Avatars
public import Batching
public import LipSync

/// The avatar of a session, as far as a conversation needs it: it can be told to speak.
///
/// The real one is `LipSync`'s `Performer`; the conversation is tested without pictures through this seam.
public protocol Performing: Sendable {
    /// What clients are told about the avatar.
    var avatarDescription: AvatarDescription { get }

    /// The places that each utterance takes, so that no more speak than the machine carries.
    var places: [SpeakingPlaces] { get }

    /// What ``startUtterance(atBaseFrame:)`` gives.
    associatedtype Utterance: PerformedUtterance

    /// Starts an utterance.
    /// - Parameter baseFrame: the frame of the idle clip, `0 ..< avatarDescription.frames`, on which frame 0 is painted.
    func startUtterance(atBaseFrame baseFrame: Int) throws -> Utterance
}

/// One utterance being filmed: speech goes in, compressed frames come out in order.
public protocol PerformedUtterance: Sendable {
    /// What is counted of its frames.
    var metrics: FrameMetrics { get }

    /// Takes the next piece of speech, 24 kHz mono, of any length.
    func append(_ speech: [Int16]) async

    /// Says that no more speech follows.
    func finish() async

    /// Paints and compresses the next frame.
    /// - Parameter slack: how long from now it is wanted; nil if nobody waits for it.
    /// - Returns: `nil` if that frame needs more speech, or after the last frame.
    func nextFrame(within slack: Duration?) async throws -> VideoFrame?

    /// Makes the next frame one at which decoding can start.
    func requestKeyframe() async
}

extension Performer: Performing {
    /// What clients are told about ``avatar``.
    public var avatarDescription: AvatarDescription { AvatarDescription(avatar.preview) }
}

extension UtteranceVideo: PerformedUtterance {}
