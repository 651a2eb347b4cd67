import TestSupport
import Testing
import Video

@Suite(.timeLimit(.minutes(10))) struct H264EncoderPoolTests {
    private let settings = H264Settings(width: 64, height: 48)

    @Test func everyLoanBeginsWithAKeyframe() throws {
        let pool = H264EncoderPool(settings)
        for loan in 0..<3 {
            let encoder = try pool.borrow()
            for index in 0..<3 {
                let frame = try encoder.encode(.scene(width: 64, height: 48, time: loan * 3 + index))
                #expect(frame.isKeyframe == (index == 0))
            }
        }
    }

    @Test func whatALoanMakesIsDecodableByItself() throws {
        let pool = H264EncoderPool(settings, capacity: 1)
        for loan in 0..<3 {
            let encoder = try pool.borrow()
            let originals = (0..<5).map { PixelBuffer.scene(width: 64, height: 48, time: loan * 20 + $0) }
            let decoded = try decode(originals.map { try encoder.encode($0) })
            #expect(decoded.count == 5)
            for (original, picture) in zip(originals, decoded) { #expect(picture.lumaPSNR(against: original) > 32) }
        }
    }

    @Test func loansAtTheSameTimeDoNotDisturbEachOther() async throws {
        let pool = H264EncoderPool(settings, capacity: 2)
        try await withThrowingTaskGroup(of: (Int, [EncodedFrame]).self) { group in
            for seed in 0..<12 {
                group.addTask {
                    let encoder = try pool.borrow()
                    var frames: [EncodedFrame] = []
                    for index in 0..<10 {
                        frames.append(try encoder.encode(.scene(width: 64, height: 48, time: seed * 7 + index)))
                        await Task.yield()
                    }
                    return (seed, frames)
                }
            }
            for try await (seed, frames) in group {
                let pictures = try decode(frames)
                #expect(pictures.count == 10)
                for (index, picture) in pictures.enumerated() {
                    let original = PixelBuffer.scene(width: 64, height: 48, time: seed * 7 + index)
                    #expect(picture.lumaPSNR(against: original) > 32, "utterance \(seed), frame \(index)")
                }
            }
        }
    }
}
