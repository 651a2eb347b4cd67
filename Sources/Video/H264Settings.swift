/// How pictures are compressed. Encoders with equal settings are interchangeable.
public struct H264Settings: Sendable, Hashable {
    /// Width in pixels, even.
    public var width: Int
    /// Height in pixels, even.
    public var height: Int
    /// Frames a second.
    public var fps: Int
    /// x264's constant rate factor: 0 lossless … 51 worst; 6 more is half the bits.
    public var quality: Int
    /// How much x264 searches.
    public var effort: Effort

    /// x264's presets that are worth having here.
    ///
    /// Measured on the mouth of a talking head of 512×512: `superfast` at quality 22 needs two thirds of the bits of
    /// `ultrafast` for the same SSIM, and 1.1 ms instead of 0.9 ms a frame; `veryfast` two thirds of those for 1.9 ms.
    public enum Effort: String, Sendable, Hashable {
        /// For pictures that are made while they are watched.
        case live = "superfast"
        /// For pictures that are compressed once and sent to everybody.
        case once = "veryfast"
    }

    /// Puts the parts together.
    public init(width: Int, height: Int, fps: Int = 25, quality: Int = 22, effort: Effort = .live) {
        self.width = width
        self.height = height
        self.fps = fps
        self.quality = quality
        self.effort = effort
    }
}
