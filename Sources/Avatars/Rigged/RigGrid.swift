/// Patches in rows and columns, and how each control moves their corners.
struct RigGrid: Sendable {
    /// Corners in a row.
    let columns: Int
    /// Rows of corners.
    let rows: Int
    /// Corners row by row, in pixels of the upright face.
    let places: [SIMD2<Float>]
    /// For each corner where each ``RigControl`` at 1 moves it, in pixels.
    let pulls: [SIMD2<Float>]

    /// What a head needs that moves as a whole: large patches, even from edge to edge.
    static func head(_ face: FaceProportions) -> RigGrid {
        let (columns, rows) = (10, 13)
        var places: [SIMD2<Float>] = []
        var pulls: [SIMD2<Float>] = []
        let (width, height) = (face.region.right - face.region.left, face.region.bottom - face.region.top)
        for row in 0..<rows {
            for column in 0..<columns {
                let place = SIMD2(
                    face.region.left + width * Double(column) / Double(columns - 1),
                    face.region.top + height * Double(row) / Double(rows - 1))
                places.append(SIMD2<Float>(place))
                pulls += RigControl.allCases.map { control in
                    // Lips and lids know no other place by its coordinates alone.
                    RigControl.ofHead.contains(control.rawValue)
                        ? SIMD2<Float>(face.pull(of: control, at: place, in: .top)) : .zero
                }
            }
        }
        return RigGrid(columns: columns, rows: rows, places: places, pulls: pulls)
    }

    /// Where the controls pull a corner.
    @inline(__always)
    func pull(_ controls: RigControls, at corner: Int, of some: Range<Int>) -> SIMD2<Float> {
        var pull = SIMD2<Float>.zero
        let first = corner * RigControl.allCases.count
        for control in some { pull += pulls[first + control] * controls.values[control] }
        return pull
    }
}
