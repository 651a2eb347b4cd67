import Foundation
import Testing
import Video

@testable import AvatarPreparation

/// MuseTalk's crop.
@Suite struct FaceBoxesTests {
    private let face = FaceShape.standard(x: 200, y: 150)

    @Test func theBridgeIsTwoThirdsDownTheNose() {
        // Eyes in row 195, tip of the nose in row 222.
        #expect(face.bridge == 213)
    }

    @Test func theBoxIsCentredOnTheBridge() throws {
        let box = try #require(FaceBoxes(extraMargin: 0, width: 640, height: 480).boxes(of: [face]).first)
        // The chin is in row 270, 57 rows below the bridge.
        #expect(box == PixelBox(left: 200, top: 156, right: 300, bottom: 270))
    }

    @Test func theMarginLiesBelowTheChin() throws {
        let box = try #require(FaceBoxes(extraMargin: 10, width: 640, height: 480).boxes(of: [face]).first)
        #expect(box == PixelBox(left: 200, top: 156, right: 300, bottom: 280))
    }

    @Test func aShiftMovesTheDividingRow() throws {
        let boxes = FaceBoxes(bboxShift: 7, extraMargin: 0, width: 640, height: 480)
        #expect(boxes.boxes(of: [face]).first == PixelBox(left: 200, top: 170, right: 300, bottom: 270))
        let up = FaceBoxes(bboxShift: -7, extraMargin: 0, width: 640, height: 480)
        #expect(up.boxes(of: [face]).first == PixelBox(left: 200, top: 142, right: 300, bottom: 270))
    }

    @Test(arguments: [(-30.0, 100.0), (590, 100), (300, -40), (300, 420), (-500, -500), (5_000, 5_000)])
    func boxesStayInThePicture(x: Double, y: Double) {
        let picture = PixelBox(left: 0, top: 0, right: 640, bottom: 480)
        for shift in [-200, 0, 200] {
            let boxes = FaceBoxes(bboxShift: shift, extraMargin: 500, width: 640, height: 480)
            for box in boxes.boxes(of: [.standard(x: x, y: y)]) {
                #expect(picture.contains(box) && box.width >= 8 && box.height >= 8, "\(box)")
            }
        }
    }

    @Test func landmarksOverrideTheDetector() {
        var marks = [SIMD2<Double>](repeating: SIMD2(250, 200), count: 68)
        marks[0] = SIMD2(195, 200)
        marks[8] = SIMD2(250, 268)
        marks[16] = SIMD2(305, 200)
        marks[29] = SIMD2(250, 215)
        let sight = FaceSight(faces: [], landmarks: marks)
        let refined = sight.refined(face)
        #expect((refined.left, refined.right) == (195, 305))
        #expect((refined.bottom, refined.bridge) == (268, 215))
        #expect(refined.landmarks == face.landmarks)
        // Those of somebody else do not count.
        let other = FaceSight(faces: [], landmarks: marks.map { $0 + SIMD2(200, 0) })
        #expect(other.refined(face) == face)
        #expect(FaceSight(faces: [], landmarks: nil).refined(face) == face)
    }
}
