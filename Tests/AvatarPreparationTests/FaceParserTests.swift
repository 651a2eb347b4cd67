import AvatarPreparation
import Foundation
import Inference
import TestSupport
import Testing
import Video

/// `colours.onnx` has the parser's ports, and takes red, green and blue for the scores of parts 1 (skin), 2 and 3.
@Suite(.timeLimit(.minutes(10))) struct FaceParserTests {
    @Test func partsLieWhereTheyAreInThePicture() throws {
        let parser = try FaceParser(Fixture.url("colours.onnx").path)
        // Green on the left, red on the right; the square reaches beyond the picture on three sides.
        let picture = PixelBuffer(width: 96, height: 64)
        for y in 0..<64 { for x in 0..<96 { picture.luma[y * 96 + x] = x < 48 ? 173 : 63 } }
        for y in 0..<32 {
            for x in 0..<48 {
                (picture.u[y * 48 + x], picture.v[y * 48 + x]) = x < 24 ? (42, 26) : (102, 240)
            }
        }
        let parsed = try parser.parse(picture, in: PixelBox(left: -16, top: -32, right: 112, bottom: 96))
        func part(_ x: Int, _ y: Int) -> UInt8 { parsed.labels[y * ParsedFace.size + x] }
        let scale = ParsedFace.size / 128
        #expect(part(40 * scale, 64 * scale) == 2)
        #expect(part(90 * scale, 64 * scale) == 1)
        // Black has no part's colour.
        for (x, y) in [(64, 10), (64, 120), (4, 64), (124, 64)] { #expect(part(x * scale, y * scale) == 0) }
        let skin = parsed.mask(of: .face)
        // But for the corners, which are mixed with black.
        #expect(abs(skin.pixels.count { $0 == 255 } - 48 * 64 * scale * scale) <= 4)
    }

    @Test func aGraphOfAnotherKindIsRefused() throws {
        let folder = try TemporaryFolder()
        #expect(throws: InferenceError.self) { try FaceParser(try folder.file("face_parsing.onnx", [1, 2, 3]).path) }
        let small = Fixture.url("small.onnx").path
        #expect(throws: InferenceError.self) { try FaceParser(small) }
    }
}
