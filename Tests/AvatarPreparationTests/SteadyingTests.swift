import Foundation
import TestSupport
import Testing
import Video

@testable import AvatarPreparation

/// The tremble goes, the movement stays where it was.
@Suite struct SteadyingTests {
    private func noise(_ count: Int, seed: UInt64) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in Double.random(in: -1.5...1.5, using: &generator) }
    }

    /// The mean difference from frame to frame.
    private func tremble(_ values: [Double]) -> Double {
        zip(values, values.dropFirst()).map { abs($0 - $1) }.reduce(0, +) / Double(values.count - 1)
    }

    @Test func aStillFaceStandsStill() {
        let (x, y) = (noise(200, seed: 1), noise(200, seed: 2))
        let steady = Steadying.steady(zip(x, y).map { FaceShape.standard(x: 200 + $0, y: 150 + $1) })
        #expect(tremble(steady.map(\.left)) < 0.2 * tremble(x))
        #expect(tremble(steady.map(\.bridge)) < 0.2 * tremble(y))
    }

    @Test func sizesHardlyTremble() {
        let sizes = noise(200, seed: 3).map { 1 + $0 / 50 }
        let steady = Steadying.steady(sizes.map { FaceShape.standard(scale: $0) })
        let widths = steady.map(\.width)
        #expect(tremble(widths) < 0.05 * tremble(sizes.map { $0 * 100 }))
    }

    @Test func aMovingFaceIsFollowedWithoutLag() {
        // A head that sways by 40 pixels in two seconds.
        let places = (0..<200).map { 200 + 40 * sin(2 * .pi * Double($0) / 50) }
        let steady = Steadying.steady(places.map { FaceShape.standard(x: $0) })
        let errors = zip(steady, places).map { $0.left - $1 }
        #expect(errors.dropFirst(10).dropLast(10).allSatisfy { abs($0) < 1.5 })
        // Lag would make it late both ways; what is left is symmetrical.
        #expect(abs(errors.reduce(0, +) / 200) < 0.3)
    }

    @Test func aStepIsNotSeenBefore() {
        let steady = Steadying.steady((0..<60).map { FaceShape.standard(x: $0 < 30 ? 100 : 160) })
        #expect(abs(steady[20].left - 100) < 0.5 && abs(steady[40].left - 160) < 0.5)
        #expect(abs((steady[29].left + steady[30].left) / 2 - 130) < 0.5, "the middle is where it was")
    }

    @Test func oneWrongFrameIsLeftOut() {
        let steady = Steadying.steady((0..<60).map { FaceShape.standard(x: $0 == 30 ? 260 : 100) })
        #expect(steady.allSatisfy { abs($0.left - 100) < 0.1 })
    }

    @Test func theEndsDoNotPullBack() {
        // A face that moves all the time: at the turning points of the loop the film is mirrored.
        let steady = Steadying.steady((0..<50).map { FaceShape.standard(x: Double($0) * 3) })
        #expect(abs(steady[0].left) < 5 && abs(steady[49].left - 147) < 5)
        #expect(abs(Steadying.steady([.standard()])[0].bridge - 213) < 1e-6, "a photo")
    }

    @Test func boxesKeepTheirSize() {
        let sway = noise(300, seed: 4).map { 1 + $0 / 300 }
        let faces = Steadying.steady(sway.map { FaceShape.standard(scale: $0) })
        let boxes = FaceBoxes(width: 640, height: 480).boxes(of: faces)
        #expect(Set(boxes.map(\.width)).count <= 2)
        let changes = zip(boxes, boxes.dropFirst()).count { $0.width != $1.width || $0.height != $1.height }
        #expect(changes <= 2, "\(changes) changes of size")
    }
}
