public import MuseTalk

/// A face in one frame, in pixels: the numbers from which MuseTalk's crop is made.
///
/// They lie in one vector, because steadying treats them all alike.
public struct FaceShape: Sendable, Equatable, Codable {
    /// The edges of the face from temple to temple and down to the chin; the row of the lower nose bridge; the points.
    var values: SIMD16<Double>

    /// Where the face begins: a column.
    public var left: Double { values[0] }
    /// The brow or the hairline: a row.
    public var top: Double { values[1] }
    /// Where the face ends: a column.
    public var right: Double { values[2] }
    /// The chin: a row.
    public var bottom: Double { values[3] }
    /// The row in which MuseTalk divides a face: the lower nose bridge, landmark 29 of 68.
    public var bridge: Double { values[4] }
    /// Columns.
    public var width: Double { right - left }
    /// Rows.
    public var height: Double { bottom - top }
    /// The middle.
    public var centre: SIMD2<Double> { SIMD2((left + right) / 2, (top + bottom) / 2) }

    /// Eyes, nose and mouth.
    public var landmarks: FaceLandmarks {
        FaceLandmarks(
            leftEye: point(0), rightEye: point(1), nose: point(2), leftMouth: point(3), rightMouth: point(4))
    }

    /// Where the lower nose bridge lies between the line of the eyes (0) and the tip of the nose (1).
    ///
    /// The four points of the bridge among the 68, 27…30, are evenly spaced from between the eyes down to the tip;
    /// MuseTalk takes the third of them.
    static let bridgePlace = 2.0 / 3

    /// A face as five points tell it.
    /// - Parameters:
    ///   - box: left, top, right and bottom edge.
    ///   - points: left eye, right eye, nose, left and right corner of the mouth.
    /// - Precondition: there are five points.
    init(box: SIMD4<Double>, points: [SIMD2<Double>]) {
        precondition(points.count == 5)
        values = SIMD16(repeating: 0)
        values.lowHalf.lowHalf = box
        for (index, point) in points.enumerated() {
            values[6 + 2 * index] = point.x
            values[7 + 2 * index] = point.y
        }
        let eyes = (points[0].y + points[1].y) / 2
        values[4] = eyes + Self.bridgePlace * (points[2].y - eyes)
    }

    /// Takes the edges and the bridge from 68 landmarks, as MuseTalk does.
    /// - Parameter landmarks: in the order of the 300-W marking: jaw 0…16, brows, nose 27…35, eyes, mouth.
    /// - Precondition: there are 68.
    mutating func refine(with landmarks: [SIMD2<Double>]) {
        precondition(landmarks.count == 68)
        let (columns, rows) = (landmarks.map(\.x), landmarks.map(\.y))
        values[0] = columns.min() ?? left
        values[2] = columns.max() ?? right
        values[3] = rows.max() ?? bottom
        values[4] = landmarks[29].y
    }

    private func point(_ index: Int) -> SIMD2<Double> { SIMD2(values[6 + 2 * index], values[7 + 2 * index]) }

    /// The part of the union of two faces that both have, 0…1.
    func overlap(with other: FaceShape) -> Double {
        let width = min(right, other.right) - max(left, other.left)
        let height = min(bottom, other.bottom) - max(top, other.top)
        guard width > 0, height > 0 else { return 0 }
        let shared = width * height
        return shared / (self.width * self.height + other.width * other.height - shared)
    }

    /// The part of the face that lies in a picture, 0…1.
    func visibleShare(width pictureWidth: Int, height pictureHeight: Int) -> Double {
        let seenWidth = min(right, Double(pictureWidth)) - max(left, 0)
        let seenHeight = min(bottom, Double(pictureHeight)) - max(top, 0)
        return max(0, seenWidth) * max(0, seenHeight) / max(1, width * height)
    }
}

/// A face that a detector has found.
public struct DetectedFace: Sendable, Equatable, Codable {
    /// Where it is.
    public var shape: FaceShape
    /// How sure the detector is, 0…1.
    public var score: Float
}
