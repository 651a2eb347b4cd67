import Video

/// Corners of patches in rows and columns, to be moved by the tests.
struct WarpedGrid {
    let columns: Int
    let rows: Int
    /// Row by row.
    var corners: [MeshWarp.Corner]
    /// For each corner whether the patch to the right of it and below is drawn.
    var shows: [Bool]

    /// An even grid over a part of the source, whose corners are where they are in the source: at whole pixels.
    init(over part: PixelBox, columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        corners = (0..<(columns * rows)).map { index in
            let share = SIMD2(
                Float(index % columns) / Float(columns - 1), Float(index / columns) / Float(rows - 1))
            let way = (share * SIMD2(Float(part.width), Float(part.height))).rounded(.toNearestOrEven)
            let place = SIMD2(Float(part.left), Float(part.top)) + way
            return MeshWarp.Corner(target: place, source: place)
        }
        shows = corners.map { _ in true }
    }

    /// Moves each corner's target.
    func moved(_ transform: (SIMD2<Float>) -> SIMD2<Float>) -> WarpedGrid {
        var moved = self
        for index in corners.indices { moved.corners[index].target = transform(corners[index].target) }
        return moved
    }

    /// Draws it over what is in `target`.
    func draw(from source: PixelBuffer, onto target: PixelBuffer, fades: Bool = false) {
        let warp = MeshWarp(columns: columns)
        corners.withUnsafeBufferPointer { corners in
            shows.withUnsafeBufferPointer { shows in
                warp.draw(corners, columns: columns, shows: shows, fades: fades, from: source, onto: target)
            }
        }
    }

    /// Targets around the whole mesh, clockwise from its first corner.
    var outline: [SIMD2<Float>] {
        let top = (0..<columns).map { corners[$0].target }
        let right = (1..<rows).map { corners[$0 * columns + columns - 1].target }
        let bottom = (0..<(columns - 1)).reversed().map { corners[(rows - 1) * columns + $0].target }
        let left = (1..<(rows - 1)).reversed().map { corners[$0 * columns].target }
        return top + right + bottom + left
    }
}
