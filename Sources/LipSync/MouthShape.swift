/// What the mouth does during one video frame, in terms that any avatar can draw.
public struct MouthShape: Sendable, Equatable {
    /// How far the jaw is open: 0 closed … 1 as wide as it goes.
    public var jaw: Float
    /// How far the lip corners are pulled apart: 0 neutral … 1 as in "ee".
    public var width: Float
    /// How far the lips are rounded and pushed forward: 0 neutral … 1 as in "oo".
    public var rounding: Float
    /// How firmly the lips are pressed together: 0 relaxed … 1 as in "m", "b", "p".
    public var closure: Float
    /// How far the teeth show, nearly closed: 0 as the jaw has it … 1 as in "s".
    public var teeth: Float
    /// How far the tongue tip is raised: 0 low … 1 behind the upper teeth as in "l".
    public var tongue: Float

    /// Lips together, relaxed: the mouth of the idle clip.
    public static let rest = MouthShape()

    /// Puts the parts together; each is 0…1.
    public init(
        jaw: Float = 0, width: Float = 0, rounding: Float = 0, closure: Float = 0, teeth: Float = 0, tongue: Float = 0
    ) {
        self.jaw = jaw
        self.width = width
        self.rounding = rounding
        self.closure = closure
        self.teeth = teeth
        self.tongue = tongue
    }
}
