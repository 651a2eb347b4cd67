import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct NumPyArrayTests {
    @Test(.enabled(if: Golden.exist)) func readsEveryTypeOfTheGoldens() throws {
        let pictures = try Golden.array("decoded_rgb_u8.npy", of: UInt8.self)
        #expect(pictures.shape == [8, 256, 256, 3])
        #expect(pictures[7].count == 256 * 256 * 3)
        let floats = try Golden.array("decoded_float.npy", of: Float.self)
        #expect(floats.shape == pictures.shape)
        #expect(zip(floats.elements, pictures.elements).allSatisfy { abs($0 * 255 - Float($1)) < 1 })
        let frames = try Golden.array("prompt_frames.npy", of: Int64.self)
        #expect(frames.shape == [36])
        #expect(frames.elements == frames.elements.sorted())
        #expect(throws: NumPyError.self) { try Golden.array("prompt_frames.npy", of: Float.self) }
    }

    @Test func saysWhatIsWrong() throws {
        let folder = try TemporaryFolder()
        for bytes in [[], Array("NUMPY, but not quite".utf8), [0x93] + Array("NUMPY".utf8) + [1, 0, 255, 255, 0]] {
            let file = try folder.file("array.npy", bytes)
            #expect(throws: NumPyError.self) { try NumPyArray<Float>(contentsOf: file) }
        }
    }
}
