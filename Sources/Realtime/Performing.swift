/// The avatar of a session, as far as a conversation needs it: it can be told to speak.
///
/// The real one is `LipSync`'s `Performer`; the conversation is tested without pictures through this seam.
public protocol Performing: Sendable {
    /// What clients are told about the avatar.
    var avatar: AvatarDescription { get }

    /// Starts an utterance.
    /// - Parameter baseFrame: the frame of the idle clip, `0 ..< avatar.frames`, on which frame 0 is painted.
    func startUtterance(atBaseFrame baseFrame: Int) throws -> any PerformedUtterance
}

/// One utterance being filmed: speech goes in, compressed frames come out in order.
public protocol PerformedUtterance: Sendable {
    /// Takes the next piece of speech, 24 kHz mono, of any length.
    func append(_ speech: [Int16]) async

    /// Says that no more speech follows.
    func finish() async

    /// Paints and compresses the next frame.
    /// - Returns: `nil` if that frame needs more speech, or after the last frame.
    func nextFrame() async throws -> PerformedFrame?

    /// Makes the next frame one at which decoding can start.
    func requestKeyframe() async
}

/// One frame of an utterance.
public struct PerformedFrame: Sendable, Equatable {
    /// Its number in the utterance, from 0. Its PTS is `index / fps`.
    public var index: Int
    /// The frame of the idle clip on which it is painted.
    public var baseFrame: Int
    /// True if decoding can start here.
    public var isKeyframe: Bool
    /// An H.264 access unit in Annex B form.
    public var data: [UInt8]

    /// Puts the parts together.
    public init(index: Int, baseFrame: Int, isKeyframe: Bool, data: [UInt8]) {
        self.index = index
        self.baseFrame = baseFrame
        self.isKeyframe = isKeyframe
        self.data = data
    }
}
