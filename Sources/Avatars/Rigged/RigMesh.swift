/// A face cut into patches, along eyes, lips and jaw, and how each control moves their corners.
///
/// The corners lie on rows and columns. Rows follow lids and lips; where the lips meet there are two rows in the same place,
/// one of which goes with the upper lip and one with the lower: between them the mouth opens.
struct RigMesh: Sendable {
    /// The patches.
    let grid: RigGrid
    /// The last row that goes with the upper lip; the next one is the first that goes with the lower.
    let seam: Int
    /// Columns from the left corner of the mouth to the right one.
    let mouthColumns: ClosedRange<Int>
    /// Rows and columns around the mouth: the patches between them cover everything that is painted behind the lips.
    let mouthArea: (rows: Range<Int>, columns: Range<Int>)

    /// Cuts a face whose head is upright.
    init(_ proportions: FaceProportions) {
        let xs = Self.columns(of: proportions)
        let lines = RigRow.allCases.map { row in xs.map { row.y(at: $0, proportions) } }
        var places: [SIMD2<Float>] = []
        var pulls: [SIMD2<Float>] = []
        for (row, line) in zip(RigRow.allCases, lines) {
            for (column, x) in xs.enumerated() {
                // Rows do not cross: at the corners of an eye or of the mouth they meet.
                let above = row.rawValue > 0 ? Double(places[places.count - xs.count].y) : -.infinity
                let place = SIMD2(x, max(line[column], above))
                places.append(SIMD2<Float>(place))
                for control in RigControl.allCases {
                    pulls.append(SIMD2<Float>(proportions.pull(of: control, at: place, in: row)))
                }
            }
        }
        let mouth = proportions.mouth
        grid = RigGrid(columns: xs.count, rows: RigRow.allCases.count, places: places, pulls: pulls)
        seam = RigRow.upperSeam.rawValue
        func index(_ x: Double) -> Int { xs.indices.min { abs(xs[$0] - x) < abs(xs[$1] - x) } ?? 0 }
        mouthColumns = index(mouth.left.x)...index(mouth.right.x)
        mouthArea = (
            RigRow.nose.rawValue..<RigRow.underChin.rawValue,
            max(0, mouthColumns.lowerBound - 2)..<min(xs.count - 1, mouthColumns.upperBound + 2)
        )
    }

    /// Where the columns are: exactly at the corners of the mouth and of the eyes, dense between them.
    private static func columns(of face: FaceProportions) -> [Double] {
        var columns: [Double] = []
        func add(_ x: Double) {
            let isNew = columns.allSatisfy { abs($0 - x) > 0.08 * face.mouthHalf }
            if isNew { columns.append(x) }
        }
        let center = face.mouth.center
        for share in [-1, 1, 0, -0.9, 0.9, -0.68, 0.68, -0.35, 0.35] {
            add(
                share < 0
                    ? center.x + share * (center.x - face.mouth.left.x)
                    : center.x + share * (face.mouth.right.x - center.x))
        }
        for eye in [face.leftEye, face.rightEye] {
            for share in [0, 1, 0.5, 0.2, 0.8] { add(eye.first.x + share * (eye.last.x - eye.first.x)) }
        }
        let edges = face.region
        for x in [edges.left, edges.right] { columns.append(x) }
        for share in [0.3, 0.55, 0.8] {
            for edge in [edges.left, edges.right] { add(edge + share * (center.x - edge)) }
        }
        return columns.sorted()
    }
}
