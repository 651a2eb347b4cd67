import Foundation
import TestSupport
import Testing
import Video

@Suite(.timeLimit(.minutes(10))) struct SpriteTests {
    /// A soft disc with a colour gradient, 40 × 30.
    private let image: RGBAImage = {
        var pixels: [UInt8] = []
        for y in 0..<30 {
            for x in 0..<40 {
                let distance = hypot((Double(x) - 19.5) / 20, (Double(y) - 14.5) / 15)
                let alpha = max(0, min(1, (1 - distance) * 4))
                pixels += [UInt8(60 + x * 4), UInt8(200 - y * 5), UInt8(40 + x + y), UInt8(alpha * 255)]
            }
        }
        return RGBAImage(width: 40, height: 30, pixels: pixels)
    }()

    private func painted(
        _ image: RGBAImage, at placement: Placement, onto picture: PixelBuffer, within area: PixelBox? = nil
    ) -> PixelBuffer {
        let result = PixelBuffer(width: picture.width, height: picture.height)
        result.copy(from: picture)
        let all = PixelBox(left: 0, top: 0, right: picture.width, bottom: picture.height)
        Sprite(image).paint(onto: result, at: placement, within: area ?? all)
        return result
    }

    /// How much two pictures differ: mean and greatest difference of a byte.
    private func difference(_ a: PixelBuffer, _ b: PixelBuffer) -> (mean: Double, max: Int) {
        let differences = zip(a.bytes, b.bytes).map { abs(Int($0) - Int($1)) }
        return (Double(differences.reduce(0, +)) / Double(differences.count), differences.max() ?? 0)
    }

    @Test(arguments: [
        Placement(anchorX: 20, anchorY: 15, x: 60, y: 50),
        Placement(anchorX: 20, anchorY: 15, x: 60.5, y: 50.25),
        Placement(anchorX: 20, anchorY: 15, x: 60, y: 50, rotation: 0.3),
        Placement(anchorX: 3, anchorY: 28, x: 40, y: 60, rotation: -1.2),
        Placement(anchorX: 20, anchorY: 15, x: 60, y: 50, scale: 1.7),
        Placement(anchorX: 12.5, anchorY: 7.5, x: 50.3, y: 45.8, scale: 0.83, rotation: 0.11),
        Placement(anchorX: 20, anchorY: 15, x: 60, y: 50, scale: 2.2, rotation: .pi),
        Placement(anchorX: 20, anchorY: 15, x: 2, y: 1, scale: 1.3, rotation: 0.5),
        Placement(anchorX: 20, anchorY: 15, x: 127, y: 95, scale: 1.3, rotation: -0.5),
    ])
    func equalsTheReference(placement: Placement) {
        let base = PixelBuffer.noise(width: 128, height: 96, seed: 5)
        let result = painted(image, at: placement, onto: base)
        let reference = ReferenceCompositor.paint(image, at: placement, onto: base)
        let (mean, greatest) = difference(result, reference)
        #expect(greatest <= 3)
        #expect(mean < 0.25)
        #expect(difference(base, reference).mean > 1, "the reference must paint something, or this proves nothing")
    }

    @Test func opaquePixelsInPlaceComeOutExactly() {
        let pixels = (0..<(16 * 12)).flatMap { index -> [UInt8] in [UInt8(index), UInt8(255 - index), 90, 255] }
        let opaque = RGBAImage(width: 16, height: 12, pixels: pixels)
        let placement = Placement(anchorX: 0, anchorY: 0, x: 10, y: 6)
        let onto = painted(opaque, at: placement, onto: .noise(width: 64, height: 48, seed: 1))
        let again = painted(opaque, at: placement, onto: .noise(width: 64, height: 48, seed: 2))
        let reference = ReferenceCompositor.paint(
            opaque, at: placement, onto: PixelBuffer(width: 64, height: 48))
        for y in 6..<18 {
            for x in 10..<26 {
                #expect(onto.luma[y * 64 + x] == again.luma[y * 64 + x])
                #expect(onto.luma[y * 64 + x] == reference.luma[y * 64 + x])
            }
        }
    }

    @Test func clockwiseIsClockwiseOnTheScreen() {
        // A white pixel to the right of the anchor; a quarter turn clockwise brings it below.
        var pixels = [UInt8](repeating: 0, count: 20 * 20 * 4)
        for y in 9...10 { for x in 16...17 { for c in 0..<4 { pixels[(y * 20 + x) * 4 + c] = 255 } } }
        let dot = RGBAImage(width: 20, height: 20, pixels: pixels)
        let placement = Placement(anchorX: 10, anchorY: 10, x: 32, y: 32, rotation: .pi / 2)
        let result = painted(dot, at: placement, onto: PixelBuffer(width: 64, height: 64))
        #expect(result.luma[39 * 64 + 32] > 200)
        #expect(result.luma[32 * 64 + 39] == 16)
    }

    @Test func whatIsHalfTransparentLetsHalfShineThrough() {
        let white = RGBAImage(
            width: 8, height: 8, pixels: [[UInt8]](repeating: [255, 255, 255, 128], count: 64).flatMap { $0 })
        let placement = Placement(anchorX: 0, anchorY: 0, x: 0, y: 0)
        // Luma of white is 235, of black 16.
        let picture = painted(white, at: placement, onto: PixelBuffer(width: 8, height: 8))
        #expect(picture.luma[27] == 126)
        #expect(picture.u[5] == 128 && picture.v[5] == 128)
    }

    @Test func anywhereAtAnySizeNothingElseIsTouched() {
        var random = SeededGenerator(seed: 11)
        let base = PixelBuffer.noise(width: 96, height: 64, seed: 3)
        for round in 0..<120 {
            let placement = Placement(
                anchorX: .random(in: -10...50, using: &random), anchorY: .random(in: -10...40, using: &random),
                x: .random(in: -80...180, using: &random), y: .random(in: -80...150, using: &random),
                scale: .random(in: 0.05...4, using: &random), rotation: .random(in: -7...7, using: &random))
            let result = painted(image, at: placement, onto: base)
            let reference = ReferenceCompositor.paint(image, at: placement, onto: base)
            #expect(difference(result, reference).max <= 4, "round \(round): \(placement)")
        }
    }

    @Test func placementsThatCannotBeDrawnPaintNothing() {
        let base = PixelBuffer.noise(width: 64, height: 48, seed: 3)
        let good = Placement(anchorX: 20, anchorY: 15, x: 30, y: 20)
        var bad = [Placement](repeating: good, count: 7)
        bad[0].scale = 0
        bad[1].scale = .nan
        bad[2].x = .infinity
        bad[3].rotation = .nan
        bad[4].x = 1e300
        bad[5].y = -1e18
        bad[6].anchorX = -1e200
        for placement in bad {
            #expect(painted(image, at: placement, onto: base).byteArray == base.byteArray, "\(placement)")
        }
    }

    @Test func onlyTheAreaIsPainted() {
        var random = SeededGenerator(seed: 12)
        let base = PixelBuffer.noise(width: 96, height: 64, seed: 4)
        let placement = Placement(anchorX: 20, anchorY: 15, x: 48, y: 32, scale: 1.8, rotation: 0.4)
        let whole = painted(image, at: placement, onto: base)
        for round in 0..<60 {
            // Some reach out of the picture.
            let (left, top) = (Int.random(in: -20...96, using: &random), Int.random(in: -20...64, using: &random))
            let area = PixelBox(
                left: left, top: top, right: left + .random(in: 0...90, using: &random),
                bottom: top + .random(in: 0...70, using: &random))
            let result = painted(image, at: placement, onto: base, within: area)
            let wrong = result.luma.indices.count { index in
                let (x, y) = (index % 96, index / 96)
                let isInside = (area.left..<area.right).contains(x) && (area.top..<area.bottom).contains(y)
                guard isInside else { return result.luma[index] != base.luma[index] }
                // Where a row begins, the place in the sprite is rounded.
                return abs(Int(result.luma[index]) - Int(whole.luma[index])) > 1
            }
            #expect(wrong == 0, "round \(round): \(area)")
        }
    }

    @Test func anAreaThatIsNoneIsNotPainted() {
        let base = PixelBuffer.noise(width: 64, height: 48, seed: 3)
        let placement = Placement(anchorX: 20, anchorY: 15, x: 30, y: 20)
        for area in [
            PixelBox(left: 0, top: 0, right: 0, bottom: 0), PixelBox(left: 40, top: 30, right: 10, bottom: 5),
            PixelBox(left: -90, top: -90, right: -10, bottom: -10), PixelBox(left: 64, top: 48, right: 90, bottom: 90),
            PixelBox(left: .max, top: .max, right: .min, bottom: .min),
        ] {
            #expect(painted(image, at: placement, onto: base, within: area).byteArray == base.byteArray, "\(area)")
        }
        let everything = PixelBox(left: .min, top: .min, right: .max, bottom: .max)
        let whole = painted(image, at: placement, onto: base)
        #expect(painted(image, at: placement, onto: base, within: everything).byteArray == whole.byteArray)
    }
}
