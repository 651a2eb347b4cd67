/// Where a mouth is in an avatar's atlas: the coordinates between whose drawings it is blended.
public struct MouthPose: Sendable, Equatable {
    /// −1 lips pressed, 0 as in the clip, 1 as wide open as it goes.
    public var aperture: Float
    /// −1 rounded and pushed forward, 0 neutral, 1 corners pulled apart.
    public var spread: Float
    /// 0 as the aperture has it, 1 teeth showing.
    public var teeth: Float
    /// 0 low, 1 tip behind the upper teeth.
    public var tongue: Float

    /// The mouth as it is in the clip.
    public static let rest = MouthPose()

    /// Puts the parts together; what is out of range is drawn as the nearest that is in range.
    public init(aperture: Float = 0, spread: Float = 0, teeth: Float = 0, tongue: Float = 0) {
        self.aperture = aperture
        self.spread = spread
        self.teeth = teeth
        self.tongue = tongue
    }
}
