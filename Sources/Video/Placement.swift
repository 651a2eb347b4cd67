/// Where a sprite goes: a similarity transform.
public struct Placement: Sendable, Equatable {
    /// The point of the sprite that `x`, `y` is about, in its pixels; pixel centres are at .5.
    public var anchorX: Double
    /// See ``anchorX``.
    public var anchorY: Double
    /// Where the anchor comes to lie, in pixels of the picture; pixel centres are at .5.
    public var x: Double
    /// See ``x``.
    public var y: Double
    /// Pixels of the picture for one of the sprite, positive.
    public var scale: Double
    /// Radians about the anchor, clockwise on the screen.
    public var rotation: Double

    /// Puts the parts together.
    public init(
        anchorX: Double, anchorY: Double, x: Double, y: Double, scale: Double = 1, rotation: Double = 0
    ) {
        self.anchorX = anchorX
        self.anchorY = anchorY
        self.x = x
        self.y = y
        self.scale = scale
        self.rotation = rotation
    }

    /// True if all numbers are finite and the scale is 1/1000…1000.
    public var isDrawable: Bool {
        (0.001...1_000).contains(scale) && anchorX.isFinite && anchorY.isFinite && x.isFinite && y.isFinite
            && rotation.isFinite
    }
}
