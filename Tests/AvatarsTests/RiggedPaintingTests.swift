import Avatars
import Foundation
import Testing
import Video

/// Painting on the tiny bundle, whose drawings are plain grey: brightness tells the weights.
@Suite(.timeLimit(.minutes(10))) struct PaintingTests {
    private let bundle: TinyBundle
    private let avatar: Avatar
    private let face: DrawnFace

    init() async throws {
        bundle = try TinyBundle()
        avatar = try await Avatar.load(from: bundle.folder)
        face = try avatar.drawnFace(for: "test")
    }

    /// Luma in the middle of the mouth, and everywhere else the base frame.
    private func luma(of pose: MouthPose, onBaseFrame index: Int = 7) -> Int {
        let picture = PixelBuffer(width: 64, height: 48)
        let base = PixelBuffer(width: 64, height: 48)
        avatar.paint(pose, onBaseFrame: index, into: picture, using: face.makeBrush())
        avatar.copyBaseFrame(index, into: base)
        let anchor = TinyBundle.anchor(index)
        let (x, y) = (Int(anchor[0]), Int(anchor[1]))
        // The drawings cover 12 × 8 pixels around the anchor.
        for row in 0..<48 {
            for column in 0..<64 where abs(row - y) > 5 || abs(column - x) > 7 {
                #expect(picture.luma[row * 64 + column] == base.luma[row * 64 + column])
            }
        }
        return Int(picture.luma[y * 64 + x])
    }

    private func baseLuma(_ index: Int = 7) -> Int {
        let base = PixelBuffer(width: 64, height: 48)
        avatar.copyBaseFrame(index, into: base)
        return Int(base.luma[24 * 64 + Int(TinyBundle.anchor(index)[0])])
    }

    /// Luma of a cell, BT.709 limited.
    private func cellLuma(_ number: Int) -> Double { 16 + Double(TinyBundle.grey(ofCell: number)) * 219 / 255 }

    /// The cell at a point of the 3 × 3 × 2 × 1 grid.
    private func cell(_ aperture: Int, _ spread: Int, _ teeth: Int = 0) -> Int { (aperture * 3 + spread) * 2 + teeth }

    private func expectLuma(
        _ pose: MouthPose, _ expected: Double, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(abs(Double(luma(of: pose)) - expected) <= 1.5, sourceLocation: sourceLocation)
    }

    @Test func restIsTheClipItself() {
        let picture = PixelBuffer(width: 64, height: 48)
        let base = PixelBuffer(width: 64, height: 48)
        for index in [0, 7, 22, 23, 1_000_000] {
            avatar.paint(.rest, onBaseFrame: index, into: picture, using: face.makeBrush())
            avatar.copyBaseFrame(index, into: base)
            #expect(Array(picture.bytes) == Array(base.bytes))
        }
    }

    @Test func onAPointOfTheGridItsDrawingIsShown() {
        expectLuma(MouthPose(aperture: 1), cellLuma(cell(2, 1)))
        expectLuma(MouthPose(aperture: -1), cellLuma(cell(0, 1)))
        expectLuma(MouthPose(aperture: 1, spread: -1), cellLuma(cell(2, 0)))
        expectLuma(MouthPose(spread: 1), cellLuma(cell(1, 2)))
        expectLuma(MouthPose(aperture: 1, spread: 1, teeth: 1), cellLuma(cell(2, 2, 1)))
        // Without the aperture, teeth are still another drawing than rest.
        expectLuma(MouthPose(teeth: 1), cellLuma(cell(1, 1, 1)))
    }

    @Test func betweenPointsDrawingsAreBlended() {
        expectLuma(
            MouthPose(aperture: 1, spread: -0.25), 0.25 * cellLuma(cell(2, 0)) + 0.75 * cellLuma(cell(2, 1)))
        expectLuma(MouthPose(aperture: 1, teeth: 0.5), (cellLuma(cell(2, 1)) + cellLuma(cell(2, 1, 1))) / 2)
        // All eight corners of a cell of the grid, whose far corner is rest: the clip.
        let pose = MouthPose(aperture: -0.5, spread: 0.25, teeth: 0.125)
        var expected = 0.0
        for aperture in 0...1 {
            for spread in 1...2 {
                for teeth in 0...1 {
                    let weight = 0.5 * (spread == 1 ? 0.75 : 0.25) * (teeth == 0 ? 0.875 : 0.125)
                    let isRest = aperture == 1 && spread == 1 && teeth == 0
                    expected += weight * (isRest ? Double(baseLuma()) : cellLuma(cell(aperture, spread, teeth)))
                }
            }
        }
        expectLuma(pose, expected)
    }

    @Test func nothingPopsOnTheWayToRest() {
        // From wide open to rest in 512 steps, no step is larger than a rounding.
        var last: Int?
        for step in 0...512 {
            let now = luma(of: MouthPose(aperture: 1 - Float(step) / 512))
            if let last { #expect(abs(now - last) <= 1, "step \(step)") }
            last = now
        }
        #expect(last == baseLuma())
    }

    @Test func whatIsOutOfRangeIsTheNearestInRange() {
        #expect(luma(of: MouthPose(aperture: 9, spread: -9)) == luma(of: MouthPose(aperture: 1, spread: -1)))
        #expect(luma(of: MouthPose(aperture: 1, teeth: -3)) == luma(of: MouthPose(aperture: 1)))
        #expect(luma(of: MouthPose(aperture: .nan, spread: .infinity)) == luma(of: .rest))
        // This bundle's tongue has but one position.
        #expect(luma(of: MouthPose(aperture: 1, tongue: 1)) == luma(of: MouthPose(aperture: 1)))
    }

    @Test func theMouthFollowsTheAnchors() {
        for index in [0, 3, 23, 26] {
            let picture = PixelBuffer(width: 64, height: 48)
            avatar.paint(
                MouthPose(aperture: 1, spread: 1), onBaseFrame: index, into: picture, using: face.makeBrush())
            // The drawing's opaque part begins 6 pixels left of the anchor, which moves by a pixel a frame.
            let left = Int(TinyBundle.anchor(index % TinyBundle.frames)[0]) - 6
            #expect(abs(Double(picture.luma[24 * 64 + left]) - cellLuma(cell(2, 2))) <= 1)
            #expect(abs(Double(picture.luma[24 * 64 + left - 1]) - cellLuma(cell(2, 2))) > 20)
        }
    }

    @Test func sessionsPaintTheSameAvatarAtTheSameTime() async {
        let poses = (0..<8).map { MouthPose(aperture: Float($0) / 8, spread: Float($0 % 3) - 1) }
        let expected = poses.map { luma(of: $0) }
        await withTaskGroup(of: Bool.self) { [avatar, face] group in
            for (pose, expected) in zip(poses, expected) {
                group.addTask {
                    let brush = face.makeBrush()
                    let picture = PixelBuffer(width: 64, height: 48)
                    return (0..<200).allSatisfy { _ in
                        avatar.paint(pose, onBaseFrame: 7, into: picture, using: brush)
                        return Int(picture.luma[24 * 64 + Int(TinyBundle.anchor(7)[0])]) == expected
                    }
                }
            }
            for await isSame in group { #expect(isSame) }
        }
    }
}
