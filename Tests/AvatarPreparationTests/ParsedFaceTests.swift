import Foundation
import TestSupport
import Testing
import Video

@testable import AvatarPreparation

/// What `FaceParsing` of the official code makes of labels, its network replaced by them, as checksums.
@Suite(.timeLimit(.minutes(10))) struct ParsedFaceTests {
    @Test(
        arguments: [
            (FaceRegion.face, 0x2683_F077_FE9D_676D, 0xBF56_79B7_1E0E_71A5),
            (.faceAndNeck, 0xA540_B520_84B1_B4CB, 0x8D8E_97AE_A2D6_E925),
            (.jaw(leftCheek: 80, rightCheek: 80), 0x38A6_5755_F2A5_2005, 0xC68A_0925_1F62_2142),
            (.jaw(), 0x34ED_15AE_A1DD_EE7A, 0x33D_22DC_3A16_955C),
            (.jaw(leftCheek: 60, rightCheek: 120), 0x8DF8_A776_54A0_4008, 0x2E25_524E_6072_1B4B),
        ] as [(FaceRegion, UInt64, UInt64)])
    func masksEqualTheOfficialOnes(region: FaceRegion, headSum: UInt64, blocksSum: UInt64) {
        #expect(checksum(head.mask(of: region).pixels) == headSum)
        #expect(checksum(blocks.mask(of: region).pixels) == blocksSum)
    }

    @Test func cheeksWiderThanTheFaceLeaveNoMiddle() {
        let all = ParsedFace(labels: [UInt8](repeating: 1, count: ParsedFace.size * ParsedFace.size))
        for cheek in [-600, 0, 600] {
            #expect(all.mask(of: .jaw(leftCheek: cheek, rightCheek: cheek)).pixels.allSatisfy { $0 == 255 })
        }
    }

    /// A head of ellipses, with a neck, a nose, a mouth, an eye and a speck.
    private var head: ParsedFace {
        let size = ParsedFace.size
        return ParsedFace(
            labels: (0..<(size * size)).map { index in
                let (x, y) = (index % size - 256, index / size)
                func ellipse(_ centre: (x: Int, y: Int), _ a: Int, _ b: Int, _ limit: Int) -> Bool {
                    (x - centre.x) * (x - centre.x) * a + (y - centre.y) * (y - centre.y) * b < limit
                }
                if abs(x - 74) < 4 && abs(y - 300) < 4 { return 17 }
                if ellipse((44, 200), 1, 1, 20 * 20) { return 5 }
                if ellipse((0, 350), 1, 9, 50 * 50) { return 11 }
                if ellipse((0, 350), 1, 4, 60 * 60) { return 12 }
                if abs(x) < 20 && abs(y - 250) < 60 { return 10 }
                if ellipse((0, 250), 4, 2, 160 * 160 * 4) { return 1 }
                return abs(x + 6) < 70 && y > 300 ? 14 : 0
            })
    }

    /// Random parts, each of 8×8 pixels.
    private var blocks: ParsedFace {
        var random = SeededGenerator(seed: 1)
        let parts = (0..<512).flatMap { _ -> [UInt8] in
            let number = random.next()
            return (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) % 19 }
        }.map { $0 > 14 ? 1 : $0 }
        let size = ParsedFace.size
        return ParsedFace(labels: (0..<(size * size)).map { parts[$0 / size / 8 * 64 + $0 % size / 8] })
    }
}
