import Foundation
import TestSupport
import Testing
import Video

@testable import MuseTalk

@Suite(.timeLimit(.minutes(10))) struct FaceBrushTests {
    /// Boxes of all kinds in a frame of 160×120: small, large, odd, beyond every border.
    static let boxes = [
        PixelBox(left: 40, top: 20, right: 104, bottom: 96),
        PixelBox(left: 41, top: 21, right: 106, bottom: 98),
        PixelBox(left: 3, top: 1, right: 157, bottom: 119),
        PixelBox(left: -30, top: 10, right: 50, bottom: 100),
        PixelBox(left: 120, top: 61, right: 201, bottom: 150),
        PixelBox(left: 30, top: -70, right: 90, bottom: 9),
        PixelBox(left: -200, top: -150, right: 400, bottom: 300),
        PixelBox(left: 77, top: 50, right: 84, bottom: 61),
    ]

    /// Mixing in YUV is what blending in RGB gives, to one level of each channel, whatever the face looks like: even one
    /// of noise, where each pixel of a chroma sample has another colour.
    @Test(arguments: boxes)
    func equalsBlendingInRGB(box: PixelBox) {
        for face in [noise(seed: 7), gradient] {
            let base = PixelBuffer.gentle(width: 160, height: 120)
            let mask = CropMask(jawOf: box)
            let blend = BlendMask(mask, face: box, frameWidth: 160, frameHeight: 120)
            let result = painted(face, in: box, through: blend, onto: base)

            let frame = RGBImage(base, in: PixelBox(left: 0, top: 0, right: 160, bottom: 120))
            let resized = resizedFace(face, width: box.width, height: box.height)
            let reference = PixelBuffer(
                exactly: ReferenceBlending.blend(resized, in: box, through: mask, onto: frame).withAlpha)
            let difference = result.difference(from: reference)
            #expect(difference.max <= 1, "\(box)")
            #expect(result.difference(from: base).max > 30, "or this proves nothing")
        }
    }

    @Test(arguments: boxes)
    func touchesNothingBeyondTheMask(box: PixelBox) {
        let base = PixelBuffer.gentle(width: 160, height: 120)
        let blend = BlendMask(CropMask(jawOf: box), face: box, frameWidth: 160, frameHeight: 120)
        let result = painted(noise(seed: 3), in: box, through: blend, onto: base)
        let area = blend.area
        for y in 0..<120 {
            for x in 0..<160 {
                let isInside = (area.left..<area.right).contains(x) && (area.top..<area.bottom).contains(y)
                let alpha = isInside ? blend.alpha[(y - area.top) * area.width + x - area.left] : 0
                if alpha == 0 { #expect(result.luma[y * 160 + x] == base.luma[y * 160 + x]) }
            }
        }
        for y in 0..<60 {
            for x in 0..<80 where !(area.left..<area.right).contains(2 * x) || !(area.top..<area.bottom).contains(2 * y)
            {
                #expect(result.u[y * 80 + x] == base.u[y * 80 + x])
                #expect(result.v[y * 80 + x] == base.v[y * 80 + x])
            }
        }
    }

    /// What one box leaves in the brush must not show in the next.
    @Test func aBrushForgets() {
        let brush = FaceBrush(frameWidth: 160, frameHeight: 120)
        for (index, box) in (Self.boxes + Self.boxes.reversed()).enumerated() {
            let base = PixelBuffer.gentle(width: 160, height: 120)
            let blend = BlendMask(CropMask(jawOf: box), face: box, frameWidth: 160, frameHeight: 120)
            let face = noise(seed: UInt64(index))
            let fresh = painted(face, in: box, through: blend, onto: base)
            face.withUnsafeBufferPointer { brush.paint($0, in: box, through: blend, onto: base) }
            #expect(base.difference(from: fresh).max == 0)
        }
    }

    @Test func aMaskOfNothingPaintsNothing() {
        let box = PixelBox(left: 300, top: 300, right: 400, bottom: 400)
        let blend = BlendMask(CropMask(jawOf: box), face: box, frameWidth: 160, frameHeight: 120)
        #expect(blend.area.width == 0 && blend.alpha.isEmpty)
        let base = PixelBuffer.gentle(width: 160, height: 120)
        #expect(painted(noise(seed: 1), in: box, through: blend, onto: base).difference(from: base).max == 0)
    }

    @Test func anOpaqueMaskShowsTheFaceItself() {
        let box = PixelBox(left: 40, top: 20, right: 104, bottom: 96)
        let opaque = BlendMask(area: box, alpha: [UInt8](repeating: 255, count: box.width * box.height))
        let face = noise(seed: 5)
        let onBlack = painted(face, in: box, through: opaque, onto: PixelBuffer(width: 160, height: 120))
        let onGentle = painted(face, in: box, through: opaque, onto: .gentle(width: 160, height: 120))
        for y in box.top..<box.bottom {
            for x in box.left..<box.right {
                let (black, gentle) = (Int(onBlack.luma[y * 160 + x]), Int(onGentle.luma[y * 160 + x]))
                #expect(abs(black - gentle) <= 1)
            }
        }
    }

    private func painted(
        _ face: [UInt8], in box: PixelBox, through blend: BlendMask, onto base: PixelBuffer
    ) -> PixelBuffer {
        let result = PixelBuffer(width: base.width, height: base.height)
        result.copy(from: base)
        let brush = FaceBrush(frameWidth: base.width, frameHeight: base.height)
        face.withUnsafeBufferPointer { brush.paint($0, in: box, through: blend, onto: result) }
        return result
    }

    private func noise(seed: UInt64) -> [UInt8] {
        var random = SeededGenerator(seed: seed)
        return (0..<FaceCrop.byteCount).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    private var gradient: [UInt8] {
        (0..<FaceCrop.byteCount).map { index in
            let (x, y) = (index / 3 % FaceCrop.size, index / 3 / FaceCrop.size)
            return [UInt8(x), UInt8(y), UInt8((x + y) / 2)][index % 3]
        }
    }
}
