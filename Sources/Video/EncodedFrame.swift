/// One compressed video frame, ready for the wire or a file.
public struct EncodedFrame: Sendable, Equatable {
    /// An H.264 access unit in Annex B form; keyframes carry their SPS and PPS in band.
    public var data: [UInt8]
    /// True if decoding can start here.
    public var isKeyframe: Bool

    /// Puts the parts together.
    public init(data: [UInt8], isKeyframe: Bool) {
        self.data = data
        self.isKeyframe = isKeyframe
    }

    /// The codec string that WebCodecs wants, e.g. `avc1.42C01F`; nil if this is not a keyframe.
    public var codec: String? { H264Stream.codecString(of: data) }
}
