import Foundation
import MuseTalk
import TestSupport
import Testing
import Video

@Suite(.timeLimit(.minutes(10))) struct CropMaskTests {
    let box = PixelBox(left: 200, top: 150, right: 350, bottom: 330)

    /// Upright, in the middle of the box, looking into the camera.
    var straight: FaceLandmarks {
        FaceLandmarks(
            leftEye: SIMD2(245, 220), rightEye: SIMD2(305, 220), nose: SIMD2(275, 255), leftMouth: SIMD2(250, 285),
            rightMouth: SIMD2(300, 285))
    }

    private func alpha(_ mask: CropMask, _ x: Int, _ y: Int) -> Int {
        Int(mask.image.pixels[(y - mask.crop.top) * mask.crop.width + x - mask.crop.left])
    }

    @Test func theJawCoversTheMouthAndLeavesTheEyes() {
        let mask = CropMask(jawOf: box, landmarks: straight)
        for x in 245...305 { #expect(alpha(mask, x, 285) == 255) }
        for x in box.left..<box.right { #expect(alpha(mask, x, 222) == 0) }
    }

    @Test func theJawFadesBeforeTheBoxEnds() {
        for landmarks in [nil, straight] {
            let mask = CropMask(jawOf: box, landmarks: landmarks)
            for x in box.left..<box.right { #expect(alpha(mask, x, box.bottom - 1) < 16) }
            for y in box.top..<box.bottom {
                #expect(alpha(mask, box.left, y) < 16)
                #expect(alpha(mask, box.right - 1, y) < 16)
            }
        }
    }

    @Test func aStraightJawIsTheSameOnBothSides() {
        let mask = CropMask(jawOf: box, landmarks: straight)
        #expect(mask == CropMask(jawOf: box))
        for y in mask.crop.top..<mask.crop.bottom {
            for x in box.left..<box.right {
                #expect(alpha(mask, x, y) == alpha(mask, box.left + box.right - 1 - x, y))
            }
        }
    }

    @Test func theJawLeansWithTheHead() {
        var tilted = straight
        tilted.leftMouth.x -= 20
        tilted.rightMouth.x -= 20
        let mask = CropMask(jawOf: box, landmarks: tilted)
        let row = box.bottom - 15
        let left = (box.left..<275).reduce(0) { $0 + alpha(mask, $1, row) }
        let right = (275..<box.right).reduce(0) { $0 + alpha(mask, $1, row) }
        #expect(left > right * 3 / 2)
    }

    @Test(arguments: [
        (SIMD2(Double.nan, 0), SIMD2(Double.nan, 0)), (SIMD2(275, 220), SIMD2(275, 220)),
        (SIMD2(275, 300), SIMD2(275, 200)), (SIMD2(-1e300, 3), SIMD2(1e300, 5)),
    ])
    func pointsThatAreNoFaceAreLeftAside(eyes: SIMD2<Double>, mouth: SIMD2<Double>) {
        let landmarks = FaceLandmarks(
            leftEye: eyes, rightEye: eyes, nose: eyes, leftMouth: mouth, rightMouth: mouth)
        #expect(CropMask(jawOf: box, landmarks: landmarks) == CropMask(jawOf: box))
    }

    @Test func smallAndFarBoxesGiveMasks() {
        for box in [
            PixelBox(left: 0, top: 0, right: 1, bottom: 1), PixelBox(left: -50, top: -3, right: -48, bottom: 0),
            PixelBox(left: 5, top: 5, right: 400, bottom: 8), PixelBox(left: 5, top: 5, right: 8, bottom: 400),
        ] {
            let mask = CropMask(jawOf: box)
            #expect(mask.image.width == mask.crop.width && mask.image.height == mask.crop.height)
            let blend = BlendMask(mask, face: box, frameWidth: 64, frameHeight: 48)
            #expect(PixelBox(left: 0, top: 0, right: 64, bottom: 48).contains(blend.area))
        }
    }

    @Test func whatIsPaintedIsNoLargerThanNeeded() {
        let mask = CropMask(jawOf: box, landmarks: straight)
        let blend = BlendMask(mask, face: box, frameWidth: 576, frameHeight: 768)
        let area = blend.area
        #expect([area.left, area.top, area.right, area.bottom].allSatisfy { $0.isMultiple(of: 2) })
        #expect(area.top > box.top + box.height / 3)
        for y in box.top..<box.bottom {
            for x in box.left..<box.right {
                let isInside = (area.left..<area.right).contains(x) && (area.top..<area.bottom).contains(y)
                let value = isInside ? Int(blend.alpha[(y - area.top) * area.width + x - area.left]) : 0
                #expect(value == alpha(mask, x, y))
            }
        }
        let rows = stride(from: 0, to: blend.alpha.count, by: area.width * 2)
        #expect(rows.allSatisfy { blend.alpha[$0..<($0 + area.width * 2)].contains { $0 > 0 } })
    }
}
