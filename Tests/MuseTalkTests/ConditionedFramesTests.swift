import Testing

@testable import MuseTalk

@Suite struct ConditionedFramesTests {
    /// Batches may leave a frame behind every time.
    @Test func whatWasTakenNeedsNoMemoryAlthoughOneFrameAlwaysWaits() {
        let frames = ConditionedFrames()
        let size = ConditioningTiming.numbersPerWindow
        var buffer = [Float](repeating: 0, count: size)
        frames.append([Float](repeating: 0, count: size))
        for number in 1...100 {
            frames.append([Float](repeating: Float(number), count: size))
            buffer.withUnsafeMutableBufferPointer { frames.take(into: $0) }
            #expect(buffer.allSatisfy { $0 == Float(number - 1) })
            #expect(frames.count == 1 && frames.stored <= 2)
        }
    }
}
