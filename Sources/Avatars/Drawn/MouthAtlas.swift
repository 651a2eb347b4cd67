import Video

/// The drawings of a mouth, on a grid whose axes are how far it is open, spread, and so on.
///
/// Between the points of the grid, drawings are blended (multilinear interpolation). The point where all axes are 0
/// is the mouth that the clip itself shows: it is blended by being transparent, so that rest is the clip, and
/// everything near rest fades into it.
struct MouthAtlas: Sendable {
    /// One dimension of the grid.
    struct Axis: Sendable {
        /// The coordinate of a pose on it.
        let coordinate: @Sendable (MouthPose) -> Float
        /// Its grid points, increasing.
        let values: [Float]
        /// Grid points of the following axes: how far apart its neighbours lie in ``MouthAtlas/cells``.
        let stride: Int

        /// The grid point at or before a pose, and how far it is on the way to the next, 0…1.
        struct Position {
            var lower: Int
            var fraction: Float
        }
    }

    /// Width of every drawing in pixels, even.
    let width: Int
    /// Height of every drawing in pixels, even.
    let height: Int
    /// The point of a drawing that lies on the clip's anchor.
    let anchorX: Double
    /// See ``anchorX``.
    let anchorY: Double

    private let axes: [Axis]
    private let cells: [Int]
    private let sprites: [Sprite]
    private let restPoint: Int

    /// Puts the parts together.
    /// - Parameters:
    ///   - axes: at most four, as many as a pose has coordinates.
    ///   - cells: a number of a sprite for each point of the grid, the last axis running fastest.
    ///   - sprites: all of one size.
    init(axes: [(name: String, values: [Float])], cells: [Int], sprites: [Sprite], anchorX: Double, anchorY: Double) {
        var stride = 1
        var restPoint = 0
        var built: [Axis] = []
        for axis in axes.reversed() {
            built.insert(Axis(coordinate: Self.coordinate(axis.name), values: axis.values, stride: stride), at: 0)
            restPoint += (axis.values.firstIndex(of: 0) ?? 0) * stride
            stride *= axis.values.count
        }
        precondition(cells.count == stride && axes.count <= 4)
        self.axes = built
        self.cells = cells
        self.sprites = sprites
        self.restPoint = restPoint
        self.anchorX = anchorX
        self.anchorY = anchorY
        width = sprites.first?.width ?? 0
        height = sprites.first?.height ?? 0
    }

    private static func coordinate(_ name: String) -> @Sendable (MouthPose) -> Float {
        switch name {
        case "aperture": { $0.aperture }
        case "spread": { $0.spread }
        case "teeth": { $0.teeth }
        default: { $0.tongue }
        }
    }

    /// Calls `body` with each drawing that takes part in `pose`, and its weight in 1/256.
    ///
    /// The weights sum to 256 less that of the clip's own mouth: at rest there is no call.
    func forEachLayer(of pose: MouthPose, _ body: (Sprite, _ weight: Int) -> Void) {
        var sum: Float = 0
        var given = 0
        var positions = InlineArray<4, Axis.Position>(repeating: Axis.Position(lower: 0, fraction: 0))
        for (index, axis) in axes.enumerated() { positions[index] = axis.position(of: pose) }
        // A corner of the cell of the grid in which the pose lies is a bit pattern: for each axis its upper end or not.
        for corner in 0..<(1 << axes.count) {
            var share: Float = 1
            var point = 0
            for (index, axis) in axes.enumerated() {
                let position = positions[index]
                let isUpper = corner >> index & 1 == 1
                share *= isUpper ? position.fraction : 1 - position.fraction
                if share == 0 { break }
                point += (position.lower + (isUpper ? 1 : 0)) * axis.stride
            }
            guard share > 0 else { continue }
            // Rounding the running sum, and not each share, keeps the total at 256.
            sum += share
            let weight = Int((sum * 256).rounded()) - given
            given += weight
            if weight > 0 && point != restPoint { body(sprites[cells[point]], weight) }
        }
    }
}

extension MouthAtlas.Axis {
    /// Where a pose lies.
    fileprivate func position(of pose: MouthPose) -> Position {
        let value = coordinate(pose)
        // A pose that is no number is drawn as rest.
        guard value.isFinite else { return Position(lower: values.firstIndex(of: 0) ?? 0, fraction: 0) }
        guard let upper = values.firstIndex(where: { $0 > value }) else {
            return Position(lower: values.count - 1, fraction: 0)
        }
        guard upper > 0 else { return Position(lower: 0, fraction: 0) }
        let (low, high) = (values[upper - 1], values[upper])
        return Position(lower: upper - 1, fraction: (value - low) / (high - low))
    }
}
