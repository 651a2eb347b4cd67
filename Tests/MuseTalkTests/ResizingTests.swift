import TestSupport
import Testing
import Video

@testable import MuseTalk

/// What OpenCV 4.9 and Pillow 10 make of random pictures, as checksums; `tools/compositor/sums.py` printed them.
@Suite(.timeLimit(.minutes(10))) struct ResizingTests {
    @Test(
        arguments: [
            (128, 160, 256, 256, 0x49AD_DC69_8B87_B923),
            (333, 401, 256, 256, 0xD2BD_041B_558E_4252),
            (512, 512, 256, 256, 0xAD50_6E6E_BBDB_C7C9),
            (600, 731, 256, 256, 0xF10A_2F53_BC50_68D5),
            (7, 5, 256, 256, 0x8913_1221_BA81_A6F5),
            (256, 256, 256, 256, 0x2F13_3736_743D_A47F),
            (100, 100, 33, 257, 0xEB19_1D3A_DB84_B6FC),
            (1, 1, 9, 9, 0x7286_3453_03A2_CBE6),
            (97, 256, 256, 256, 0x82CE_3E19_5F22_381A),
        ] as [(Int, Int, Int, Int, UInt64)])
    func lanczosEqualsOpenCV(width: Int, height: Int, newWidth: Int, newHeight: Int, sum: UInt64) {
        let image = RGBImage(width: width, height: height, pixels: randomBytes(width * height * 3))
        #expect(checksum(image.resizedByLanczos(width: newWidth, height: newHeight).pixels) == sum)
    }

    @Test(
        arguments: [
            (128, 150, 0xC73F_C44E_5555_181D),
            (131, 157, 0xF0D0_FA20_1E8A_9234),
            (500, 611, 0xAD31_BA68_2A87_A636),
            (256, 256, 0x2F13_3736_743D_A47F),
            (128, 128, 0xF094_4DF3_CDA6_2D3C),
            (64, 77, 0xD1DB_A70E_EAAE_5542),
            (255, 257, 0x2853_63DC_5BDA_0E2F),
            (1, 1, 0x95BE_7418_4649_85F2),
            (3, 900, 0xBEA3_4DEE_D2ED_91EE),
            (512, 512, 0x5F81_ABAD_F50A_AA59),
        ] as [(Int, Int, UInt64)])
    func bilinearEqualsOpenCV(width: Int, height: Int, sum: UInt64) {
        let resized = resizedFace(randomBytes(FaceCrop.byteCount), width: width, height: height)
        #expect(checksum(resized.pixels) == sum)
    }

    @Test(
        arguments: [
            (512, 512, 224, 224, 0x8E70_CACB_96F2_EE2D),
            (512, 512, 600, 600, 0x084E_6E5B_6319_A6DE),
            (64, 48, 100, 31, 0x776B_45D1_598B_60EA),
            (5, 5, 64, 64, 0x809D_FD0D_BB80_CDE6),
            (512, 512, 512, 512, 0xAA73_9C3D_1AA1_2E8C),
        ] as [(Int, Int, Int, Int, UInt64)])
    func bicubicEqualsPillow(width: Int, height: Int, newWidth: Int, newHeight: Int, sum: UInt64) {
        let image = GrayImage(width: width, height: height, pixels: randomBytes(width * height))
        #expect(checksum(image.resized(width: newWidth, height: newHeight, by: .bicubic).pixels) == sum)
    }

    @Test(
        arguments: [
            (40, 30, 1, 0xBF12_89FD_E062_B282),
            (40, 30, 3, 0xC732_F10E_405B_1B26),
            (40, 30, 5, 0x9B63_DA95_CA2C_450C),
            (40, 30, 7, 0xFE8A_D07D_ACBB_EDB0),
            (40, 30, 9, 0x3DA3_BC7F_AF1A_3D1A),
            (40, 30, 11, 0x9D20_B13B_51B1_2FEC),
            (64, 64, 23, 0x1E95_9A8C_FD29_7D55),
            (90, 70, 57, 0xE534_7AAE_1B0F_4D39),
            (20, 20, 57, 0xD780_32C5_EB41_A2F1),
            (1, 40, 11, 0x6964_48C6_ADD0_EB6A),
        ] as [(Int, Int, Int, UInt64)])
    func blurEqualsOpenCV(width: Int, height: Int, kernelSize: Int, sum: UInt64) {
        let image = GrayImage(width: width, height: height, pixels: randomBytes(width * height))
        #expect(checksum(image.blurred(kernelSize: kernelSize).pixels) == sum)
    }

    /// The lowest byte of each random number first.
    private func randomBytes(_ count: Int) -> [UInt8] {
        var random = SeededGenerator(seed: 1)
        var bytes: [UInt8] = []
        while bytes.count < count {
            let number = random.next()
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        return Array(bytes.prefix(count))
    }
}

/// All of a face as ``FaceRows`` makes it.
func resizedFace(_ face: [UInt8], width: Int, height: Int) -> RGBImage {
    let rows = FaceRows(capacity: width)
    rows.begin(in: PixelBox(left: 0, top: 0, right: width, bottom: height), columns: 0..<width)
    var pixels: [UInt8] = []
    for y in stride(from: 0, to: height, by: 2) {
        face.withUnsafeBufferPointer { face in
            if let face = face.baseAddress { rows.make(y, of: face) }
        }
        for row in [rows.results.upper, rows.results.lower].prefix(height - y) {
            for x in 0..<width { pixels += (0..<3).map { UInt8(row[$0 * width + x]) } }
        }
    }
    return RGBImage(width: width, height: height, pixels: pixels)
}
