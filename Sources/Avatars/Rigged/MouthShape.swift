/// What the mouth does during one video frame, in terms of articulation that any avatar can draw. Each part is 0…1.
public struct MouthShape: Sendable, Equatable {
    /// All parts, in the order in which they are declared, which is that of the network's outputs (`PARTS` in
    /// training/lipreading/phones.py).
    public var parts: SIMD8<Float>

    /// How far the jaw is open: 0 closed … 1 as wide as it goes.
    public var jaw: Float {
        get { parts[0] }
        set { parts[0] = newValue }
    }
    /// How far the lip corners are pulled apart: 0 neutral … 1 as in "ee".
    public var width: Float {
        get { parts[1] }
        set { parts[1] = newValue }
    }
    /// How far the lips are rounded and pushed forward: 0 neutral … 1 as in "oo".
    public var rounding: Float {
        get { parts[2] }
        set { parts[2] = newValue }
    }
    /// How far the upper lip is raised, off the upper teeth: 0 … 1.
    public var upperLip: Float {
        get { parts[3] }
        set { parts[3] = newValue }
    }
    /// How far the lower lip is lowered against the jaw, off the lower teeth: 0 … 1.
    public var lowerLip: Float {
        get { parts[4] }
        set { parts[4] = newValue }
    }
    /// How firmly the lips are pressed together: 0 relaxed … 1 as in "m", "b", "p".
    public var closure: Float {
        get { parts[5] }
        set { parts[5] = newValue }
    }
    /// How near the lower lip is to the edge of the upper teeth: 0 … 1 as in "f", "v".
    public var bite: Float {
        get { parts[6] }
        set { parts[6] = newValue }
    }
    /// How far the tongue tip is raised: 0 low … 1 behind the upper teeth as in "l".
    public var tongue: Float {
        get { parts[7] }
        set { parts[7] = newValue }
    }

    /// Lips together, relaxed: the mouth of the idle clip.
    public static let rest = MouthShape()

    /// - Parameter parts: see ``parts``.
    public init(parts: SIMD8<Float>) { self.parts = parts }

    /// The parts that are given; the others are at rest.
    public init(
        jaw: Float = 0, width: Float = 0, rounding: Float = 0, upperLip: Float = 0, lowerLip: Float = 0,
        closure: Float = 0, bite: Float = 0, tongue: Float = 0
    ) {
        parts = [jaw, width, rounding, upperLip, lowerLip, closure, bite, tongue]
    }
}
