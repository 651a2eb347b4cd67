/// Makes a video frame of the moments in it.
enum LipMotion {
    /// What the second moment, which is the middle of the frame, weighs in it. The first one calms what trembles, and makes
    /// the lips 3 ms later than they should be.
    private static let middle: Float = 0.85

    /// The frame that lasts from one moment to 20 ms after the other.
    static func frame(_ first: LipMoment, _ second: LipMoment) -> LipMoment {
        var shape = first.shape.blended(with: second.shape, share: middle)
        // Lips meet for as little as 30 ms, between two frames maybe; yet everybody sees it when they do not.
        shape.closure = tightest(shape.closure, first.shape.closure, second.shape.closure)
        shape.bite = tightest(shape.bite, first.shape.bite, second.shape.bite)
        return LipMoment(shape: shape, visemes: second.visemes)
    }

    private static func tightest(_ mean: Float, _ first: Float, _ second: Float) -> Float {
        0.4 * mean + 0.6 * max(first, second)
    }
}
