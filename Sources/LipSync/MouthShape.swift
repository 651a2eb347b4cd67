/// What the mouth does during one video frame, in terms of articulation that any avatar can draw. Each part is 0…1.
public struct MouthShape: Sendable, Equatable {
    /// How far the jaw is open: 0 closed … 1 as wide as it goes.
    public var jaw: Float
    /// How far the lip corners are pulled apart: 0 neutral … 1 as in "ee".
    public var width: Float
    /// How far the lips are rounded and pushed forward: 0 neutral … 1 as in "oo".
    public var rounding: Float
    /// How far the upper lip is raised, off the upper teeth: 0 … 1.
    public var upperLip: Float
    /// How far the lower lip is lowered against the jaw, off the lower teeth: 0 … 1.
    public var lowerLip: Float
    /// How firmly the lips are pressed together: 0 relaxed … 1 as in "m", "b", "p".
    public var closure: Float
    /// How near the lower lip is to the edge of the upper teeth: 0 … 1 as in "f", "v".
    public var bite: Float
    /// How far the tongue tip is raised: 0 low … 1 behind the upper teeth as in "l".
    public var tongue: Float

    /// Lips together, relaxed: the mouth of the idle clip.
    public static let rest = MouthShape()

    /// The parts that are given; the others are at rest.
    public init(
        jaw: Float = 0, width: Float = 0, rounding: Float = 0, upperLip: Float = 0, lowerLip: Float = 0,
        closure: Float = 0, bite: Float = 0, tongue: Float = 0
    ) {
        self.jaw = jaw
        self.width = width
        self.rounding = rounding
        self.upperLip = upperLip
        self.lowerLip = lowerLip
        self.closure = closure
        self.bite = bite
        self.tongue = tongue
    }

    /// How far the teeth show while the jaw is nearly closed: 0 as the jaw has it … 1 as in "s" and "f".
    public var teeth: Float {
        let bared = min(max((upperLip + lowerLip - 0.5) * 2, 0), 1) * (1 - jaw)
        return max(bared, 0.85 * bite)
    }

    /// How far the lips are apart; negative when they are pressed together.
    public var aperture: Float { jaw * (1 - closure) - closure * closure }

    /// This mouth on its way to another: 0 leaves it, 1 is the other.
    func blended(with other: MouthShape, share: Float) -> MouthShape {
        var blend = MouthShape()
        for part in Self.parts {
            blend[keyPath: part] = self[keyPath: part] + share * (other[keyPath: part] - self[keyPath: part])
        }
        return blend
    }

    /// All of them, in the order of the network's outputs (`PARTS` in training/lips/phones.py).
    static let parts: [any WritableKeyPath<MouthShape, Float> & Sendable] = [
        \.jaw, \.width, \.rounding, \.upperLip, \.lowerLip, \.closure, \.bite, \.tongue,
    ]
}
