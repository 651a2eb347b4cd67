public import Video

/// One frame of an utterance, encoded.
public struct VideoFrame: Sendable, Equatable {
    /// Its number in the utterance, from 0.
    public var index: Int
    /// The frame of the avatar's clip on which it is painted.
    public var baseFrame: Int
    /// The picture. Frame 0 is a keyframe.
    public var encoded: EncodedFrame

    /// When it is shown: microseconds since the start of the utterance's audio.
    public var pts: Int { FrameTiming.pts(ofFrame: index) }

    /// Puts the parts together.
    public init(index: Int, baseFrame: Int, encoded: EncodedFrame) {
        self.index = index
        self.baseFrame = baseFrame
        self.encoded = encoded
    }
}
