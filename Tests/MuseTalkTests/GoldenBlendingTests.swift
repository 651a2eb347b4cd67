import Foundation
import MuseTalk
import TestSupport
import Testing
import Video

@Suite(.timeLimit(.minutes(10)), .enabled(if: Golden.exist)) struct GoldenBlendingTests {
    let box = GoldenBox.face

    @Test func theSquareIsMuseTalks() {
        #expect(box.blendingSquare == GoldenBox.crop)
        // Python rounds down: (−7 + 20) // 2 is 6, (−4 + 15) // 2 is 5, and 27 // 2 · 1.5 is 19.
        let beyond = PixelBox(left: -7, top: -4, right: 20, bottom: 15).blendingSquare
        #expect(beyond == PixelBox(left: -13, top: -14, right: 25, bottom: 24))
    }

    @Test(arguments: ["mask_0.png", "mask_7.png"])
    func theMaskFromAParserEqualsTheOfficialOne(name: String) throws {
        let mask = CropMask(parsing: try .init(contentsOf: Golden.url("parse_512.png")), face: box)
        #expect(mask.crop == GoldenBox.crop)
        #expect(mask.image == (try .init(contentsOf: Golden.url(name))))
    }

    @Test(arguments: [0, 7])
    func theBlendedFrameEqualsTheOfficialOne(frame: Int) throws {
        let original = try RGBAImage(contentsOf: Golden.url("frame_\(frame).png"))
        let official = PixelBuffer(exactly: try RGBAImage(contentsOf: Golden.url("blended_\(frame).png")))
        let faces = try Golden.array("decoded_rgb_u8.npy", of: UInt8.self)
        let mask = CropMask(image: try .init(contentsOf: Golden.url("mask_\(frame).png")), crop: GoldenBox.crop)
        let picture = PixelBuffer(exactly: original)
        let blend = BlendMask(mask, face: box, frameWidth: picture.width, frameHeight: picture.height)
        let brush = FaceBrush(frameWidth: picture.width, frameHeight: picture.height)
        faces[frame].withUnsafeBufferPointer { brush.paint($0, in: box, through: blend, onto: picture) }
        let difference = picture.difference(from: official)
        #expect(difference.max <= 1)
        #expect(difference.mean < 0.1)
        #expect(PixelBuffer(exactly: original).difference(from: official).max > 50, "or this proves nothing")
    }
}
