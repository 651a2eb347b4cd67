import Foundation
import TestSupport
import Testing
import Video

@testable import AvatarPreparation

/// DWPose's ports and geometry, with a graph that always sees the same points.
@Suite(.timeLimit(.minutes(5))) struct LandmarkDetectorTests {
    private static let graph = Bundle.module.resourceURL?.appending(path: "Fixtures/pose.onnx").path ?? ""

    @Test(.enabled(if: Studio.isOpen)) func pointsAreBroughtBackIntoThePicture() throws {
        let detector = try LandmarkDetector(Self.graph, threads: 1)
        // 576×768 fits the input's shape: 4/5 of each side are the picture, in the middle.
        let points = try detector.landmarks(in: PixelBuffer(width: 576, height: 768))
        #expect(points.count == 68)
        for (index, point) in points.enumerated() {
            let place = SIMD2(Double(40 + 23 + index), Double(60 + 2 * (23 + index)))
            let expected = (place - SIMD2(29, 38)) * SIMD2(576.0 / 230, 768.0 / 307)
            #expect(abs(point.x - expected.x) < 0.01 && abs(point.y - expected.y) < 0.01)
        }
    }

    @Test func aWidePictureLiesInTheMiddle() {
        let frame = PoseFrame(pictureWidth: 1920, pictureHeight: 1080, width: 288, height: 384)
        #expect(frame.shownWidth == 230 && frame.shownHeight == 130)
        #expect(frame.left == 29 && frame.top == 127)
        #expect(frame.picturePlace(of: SIMD2(29, 127)) == SIMD2(0, 0))
        let corner = frame.picturePlace(of: SIMD2(259, 257))
        #expect(abs(corner.x - 1920) < 1e-9 && abs(corner.y - 1080) < 1e-9)
    }

    @Test(.enabled(if: Studio.isOpen)) func anotherGraphIsRefused() throws {
        let error = #expect(throws: CreationError.self) { try LandmarkDetector(Studio.detector.path) }
        #expect(error?.description.contains("no landmark detector of the kind that is known") == true)
    }

    @Test func itIsUsedWhereItIs() throws {
        let models = try TemporaryFolder()
        #expect(LandmarkDetector.file(in: models.url) == nil)
        try models.file(LandmarkDetector.fileName)
        #expect(LandmarkDetector.file(in: models.url) != nil)
    }
}
