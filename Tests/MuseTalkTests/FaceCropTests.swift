import Foundation
import MuseTalk
import TestSupport
import Testing
import Video

@Suite(.timeLimit(.minutes(10))) struct FaceCropTests {
    /// A frame that has been through YUV shows the model the same face as the frame itself, but for chroma, of which
    /// YUV 4:2:0 has kept a fourth.
    @Test(.enabled(if: Golden.exist)) func theModelSeesWhatTheOfficialCodeShowsIt() throws {
        let golden = try RGBAImage(contentsOf: Golden.url("frame_0.png"))
        let ours = FaceCrop.make(PixelBuffer(exactly: golden), in: GoldenBox.face)
        let official = golden.cut(GoldenBox.face).resizedByLanczos(width: FaceCrop.size, height: FaceCrop.size)
        let differences = zip(ours.pixels, official.pixels).map { abs(Int($0) - Int($1)) }
        #expect(Double(differences.reduce(0, +)) / Double(differences.count) < 1.5)
        let bias = zip(ours.pixels, official.pixels).reduce(0) { $0 + Int($1.0) - Int($1.1) }
        #expect(abs(Double(bias)) / Double(differences.count) < 0.2)
    }

    @Test func whatLiesOutsideIsLeftOut() {
        let picture = PixelBuffer.gentle(width: 64, height: 48)
        let beyond = FaceCrop.make(picture, in: PixelBox(left: -20, top: 10, right: 30, bottom: 90))
        #expect(beyond == FaceCrop.make(picture, in: PixelBox(left: 0, top: 10, right: 30, bottom: 48)))
        #expect(beyond.width == FaceCrop.size && beyond.height == FaceCrop.size)
    }

    /// Colours of BT.709, limited range, by the book.
    @Test(
        arguments: [
            ([16, 128, 128], [0, 0, 0]), ([235, 128, 128], [255, 255, 255]), ([126, 128, 128], [128, 128, 128]),
            ([63, 102, 240], [255, 0, 0]), ([173, 42, 26], [0, 255, 0]), ([32, 240, 118], [0, 0, 255]),
            ([0, 128, 128], [0, 0, 0]), ([255, 128, 128], [255, 255, 255]),
        ] as [([UInt8], [UInt8])])
    func coloursAreThoseOfTheStandard(yuv: [UInt8], rgb: [UInt8]) {
        let picture = PixelBuffer(width: 2, height: 2)
        for index in picture.luma.indices { picture.luma[index] = yuv[0] }
        (picture.u[0], picture.v[0]) = (yuv[1], yuv[2])
        let image = RGBImage(picture, in: PixelBox(left: 0, top: 0, right: 1, bottom: 1))
        for (found, expected) in zip(image.pixels, rgb) { #expect(abs(Int(found) - Int(expected)) <= 1) }
    }
}

extension RGBAImage {
    /// The part in `box`, without alpha.
    fileprivate func cut(_ box: PixelBox) -> RGBImage {
        var result: [UInt8] = []
        for y in box.top..<box.bottom {
            for x in box.left..<box.right { result += pixels[((y * width + x) * 4)..<((y * width + x) * 4 + 3)] }
        }
        return RGBImage(width: box.width, height: box.height, pixels: result)
    }
}
