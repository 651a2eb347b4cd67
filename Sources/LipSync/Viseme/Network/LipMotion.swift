import Avatars

/// Makes video frames of the moments in them, and of what a network says what a mouth does.
///
/// A network that is not sure hedges: lips that meet in two of three cases come out as nearly met, and a vowel that may be
/// open as half open. What undoes that was found on voices of the training with other sentences: `doubt` so that as many
/// closures are missed as are made up, `stretch` by comparing what was found with the targets; for the jaw with more, since
/// a face on a display is small.
struct LipMotion {
    /// What the second moment, which is the middle of the frame, weighs in it. The first one calms what trembles, and makes
    /// the lips 3 ms later than they should be.
    private static let middle: Float = 0.85
    /// Above the middle of this range lips meet more often than not.
    private static let doubt: ClosedRange<Float> = 0.16...0.66
    /// What differs from rest by no more is rest; what is above is enlarged by ``stretch``.
    private static let idle = SIMD8<Float>(repeating: 0.03)
    private static let stretch: SIMD8<Float> = [1.4, 1.25, 1.65, 1.05, 1.05, 1, 1, 1.2]
    /// How far each part moves in a frame at most: faces have weight.
    private static let limits: SIMD8<Float> = [0.5, 0.4, 0.4, 0.6, 0.6, 1, 1, 0.6]

    private var shown = MouthShape.rest

    /// The frame that lasts from one moment to 20 ms after the other.
    mutating func frame(_ first: LipMoment, _ second: LipMoment) -> LipMoment {
        let (early, late) = (first.shape, second.shape)
        let mean = MouthShape(parts: early.parts + Self.middle * (late.parts - early.parts))
        var wanted = MouthShape(
            parts: ((mean.parts - Self.idle) * Self.stretch).clamped(lowerBound: .zero, upperBound: .one))
        // A mouth that was open is soon at rest when nothing more is heard.
        wanted.parts *= 1 - 0.6 * smoothStep(from: 0.6, to: 0.95, at: second.visemes[.sil])
        // Lips meet for as little as 30 ms, between two frames maybe; yet everybody sees it when they do not.
        wanted.closure = Self.decided(mean.closure, early.closure, late.closure)
        wanted.bite = Self.decided(mean.bite, early.bite, late.bite)
        shown.parts += (wanted.parts - shown.parts).clamped(lowerBound: -Self.limits, upperBound: Self.limits)
        return LipMoment(shape: shown, visemes: second.visemes)
    }

    private static func decided(_ mean: Float, _ early: Float, _ late: Float) -> Float {
        smoothStep(from: doubt.lowerBound, to: doubt.upperBound, at: 0.4 * mean + 0.6 * max(early, late))
    }
}
