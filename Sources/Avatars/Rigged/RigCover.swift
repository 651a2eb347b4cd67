/// Which patches of a face's mesh lie over each patch of its head's grid: where all of those are drawn, what is below them
/// need not be.
struct RigCover: Sendable {
    private struct Above {
        let rows: Range<Int>
        let columns: Range<Int>
    }

    /// For each corner of the head's grid what lies over the patch that begins there; nil where something stays free.
    private let above: [Above?]
    private let mesh: RigMesh

    /// How far the head's patches, which are larger, may lie beside where the face's go, in pixels.
    private static let margin: Float = 1.5

    init(of head: RigGrid, by mesh: RigMesh) {
        self.mesh = mesh
        above = head.places.indices.map { corner in
            let (row, column) = (corner / head.columns, corner % head.columns)
            guard row < head.rows - 1, column < head.columns - 1 else { return nil }
            return Self.above(
                from: head.places[corner] - Self.margin, to: head.places[corner + head.columns + 1] + Self.margin,
                in: mesh)
        }
    }

    private static func above(from low: SIMD2<Float>, to high: SIMD2<Float>, in mesh: RigMesh) -> Above? {
        let grid = mesh.grid
        let corners = 0..<grid.columns
        guard let left = corners.last(where: { grid.places[$0].x <= low.x }),
            let right = corners.first(where: { grid.places[$0].x >= high.x })
        else { return nil }
        func row(_ row: Int, lies isBeyond: (Float) -> Bool) -> Bool {
            (left...right).allSatisfy { isBeyond(grid.places[row * grid.columns + $0].y) }
        }
        guard let top = (0..<grid.rows).last(where: { row($0) { $0 <= low.y } }),
            let bottom = (0..<grid.rows).first(where: { row($0) { $0 >= high.y } })
        else { return nil }
        // Between the lips what is below may be seen, and they open as far as where the chin is at rest.
        let isAtMouth = mesh.mouthArea.rows.overlaps(top..<bottom) && mesh.mouthColumns.overlaps(left...right)
        return isAtMouth ? nil : Above(rows: top..<bottom, columns: left..<right)
    }

    /// Whether nothing is seen of a patch of the head's.
    /// - Parameters:
    ///   - corner: of the head's grid, where it begins.
    ///   - shows: for each corner of the face's mesh whether the patch that begins there is drawn.
    func hides(_ corner: Int, where shows: [Bool]) -> Bool {
        guard let above = above[corner] else { return false }
        // Between the rows of the seam there is nothing.
        for row in above.rows where row != mesh.seam {
            for column in above.columns where !shows[row * mesh.grid.columns + column] { return false }
        }
        return true
    }
}
