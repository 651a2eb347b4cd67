/// One of the three grids in which SCRFD (Guo et al., 2021) looks for faces of one range of sizes.
///
/// Each cell has two anchors at its upper left corner. An anchor has a score, the distances from itself to the four
/// edges of its face and to five points, all in strides.
struct ScrfdGrid {
    /// Pixels from cell to cell.
    var stride: Int
    /// Pixels of the square that is looked at.
    var side: Int

    /// Anchors in a cell.
    static let anchorsPerCell = 2

    /// Anchors in all cells.
    var anchorCount: Int { (side / stride) * (side / stride) * Self.anchorsPerCell }

    /// The faces that are sure enough, in pixels of the picture.
    /// - Parameters:
    ///   - scores: one for each anchor.
    ///   - boxes: left, top, right, bottom for each.
    ///   - points: five x, y for each.
    ///   - letterbox: how the picture lies in the square.
    func faces(
        scores: UnsafeMutableBufferPointer<Float>, boxes: UnsafeMutableBufferPointer<Float>,
        points: UnsafeMutableBufferPointer<Float>, above threshold: Float, in letterbox: Letterbox
    ) -> [DetectedFace] {
        let columns = side / stride
        var faces: [DetectedFace] = []
        for anchor in 0..<anchorCount where scores[anchor] >= threshold {
            let cell = anchor / Self.anchorsPerCell
            let centre = SIMD2(Double(cell % columns), Double(cell / columns)) * Double(stride)
            func place(_ x: Float, _ y: Float) -> SIMD2<Double> {
                (centre + SIMD2(Double(x), Double(y)) * Double(stride)) * letterbox.scale
            }
            let upperLeft = place(-boxes[4 * anchor], -boxes[4 * anchor + 1])
            let lowerRight = place(boxes[4 * anchor + 2], boxes[4 * anchor + 3])
            let marks = (0..<5).map { place(points[10 * anchor + 2 * $0], points[10 * anchor + 2 * $0 + 1]) }
            let numbers = marks + [upperLeft, lowerRight]
            guard numbers.allSatisfy({ $0.x.isFinite && $0.y.isFinite }), lowerRight.x > upperLeft.x,
                lowerRight.y > upperLeft.y
            else { continue }
            let shape = FaceShape(
                box: SIMD4(upperLeft.x, upperLeft.y, lowerRight.x, lowerRight.y), points: marks)
            faces.append(DetectedFace(shape: shape, score: scores[anchor]))
        }
        return faces
    }
}

extension [DetectedFace] {
    /// Of faces that lie on each other the surest (non-maximum suppression), the surest first.
    /// - Parameter limit: the overlap up to which two are two.
    func distinct(limit: Double = 0.4) -> [DetectedFace] {
        var kept: [DetectedFace] = []
        for face in sorted(by: { $0.score > $1.score })
        where kept.allSatisfy({ $0.shape.overlap(with: face.shape) <= limit }) {
            kept.append(face)
        }
        return kept
    }
}
