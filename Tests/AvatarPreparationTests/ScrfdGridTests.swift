import MuseTalk
import Testing

@testable import AvatarPreparation

/// From the detector's numbers to faces.
@Suite struct ScrfdGridTests {
    private let grid = ScrfdGrid(stride: 32, side: 640)

    /// The faces of a grid in which one anchor is sure.
    private func faces(anchor: Int, score: Float, box: [Float], letterbox: Letterbox) -> [DetectedFace] {
        var scores = [Float](repeating: 0.1, count: grid.anchorCount)
        var boxes = [Float](repeating: 1, count: grid.anchorCount * 4)
        var points = [Float](repeating: 0, count: grid.anchorCount * 10)
        scores[anchor] = score
        for index in 0..<4 { boxes[4 * anchor + index] = box[index] }
        for index in 0..<10 { points[10 * anchor + index] = Float(index) / 10 }
        return scores.withUnsafeMutableBufferPointer { scores in
            boxes.withUnsafeMutableBufferPointer { boxes in
                points.withUnsafeMutableBufferPointer { points in
                    grid.faces(scores: scores, boxes: boxes, points: points, above: 0.5, in: letterbox)
                }
            }
        }
    }

    @Test func anAnchorIsWhereItIs() throws {
        #expect(grid.anchorCount == 800)
        // Row 3, column 5, the second anchor; the picture is twice as large as in the square.
        let letterbox = Letterbox(pictureWidth: 1280, pictureHeight: 720, side: 640)
        let found = faces(anchor: (3 * 20 + 5) * 2 + 1, score: 0.9, box: [1, 2, 3, 4], letterbox: letterbox)
        let shape = try #require(found.first).shape
        #expect(found.count == 1)
        #expect((shape.left, shape.top) == ((5 - 1) * 64, (3 - 2) * 64))
        #expect((shape.right, shape.bottom) == ((5 + 3) * 64, (3 + 4) * 64))
        let nose = shape.landmarks.nose
        #expect(abs(nose.x - 5.4 * 64) < 1e-3 && abs(nose.y - 3.5 * 64) < 1e-3)
    }

    @Test(arguments: [Float.nan, .infinity, -5])
    func damagedNumbersAreNoFace(value: Float) {
        let letterbox = Letterbox(pictureWidth: 640, pictureHeight: 640, side: 640)
        #expect(faces(anchor: 9, score: 0.9, box: [value, 1, 1, 1], letterbox: letterbox).isEmpty)
        #expect(faces(anchor: 9, score: .nan, box: [1, 1, 1, 1], letterbox: letterbox).isEmpty)
    }

    @Test func aPictureLiesInTheCorner() {
        let tall = Letterbox(pictureWidth: 576, pictureHeight: 768, side: 640)
        #expect(tall.width == 480 && tall.height == 640)
        #expect(tall.scale == SIMD2(1.2, 1.2))
        let small = Letterbox(pictureWidth: 576, pictureHeight: 768, side: 640, share: 0.4)
        #expect(small.width == 192 && small.height == 256)
    }

    @Test func ofFacesOnEachOtherTheSurestStays() {
        let faces = [
            DetectedFace(shape: .standard(x: 100), score: 0.6), DetectedFace(shape: .standard(x: 104), score: 0.8),
            DetectedFace(shape: .standard(x: 300), score: 0.7), DetectedFace(shape: .standard(x: 102), score: 0.5),
        ]
        #expect(faces.distinct().map(\.score) == [0.8, 0.7])
    }
}
