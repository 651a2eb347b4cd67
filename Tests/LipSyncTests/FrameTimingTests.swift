import LipSync
import Testing

@Suite(.timeLimit(.minutes(10))) struct FrameTimingTests {
    @Test func anHourOfFramesKeepsExactTime() {
        let hour = 3_600 * 24_000
        #expect(FrameTiming.frameCount(ofSamples: hour) == 90_000)
        for index in 0..<90_000 {
            // The PTS of a frame, the PTS of its first sample and the wire's milliseconds are the same moment.
            let pts = FrameTiming.pts(ofFrame: index)
            #expect(pts * 24 == index * FrameTiming.samplesPerFrame * 1_000)
            #expect(pts % 1_000 == 0)
        }
    }

    @Test func aFrameIsMadeForTheFirstSampleOfItsTime() {
        #expect(FrameTiming.frameCount(ofSamples: 0) == 0)
        for index in [1, 2, 25, 1_500, 90_000] {
            let end = index * FrameTiming.samplesPerFrame
            #expect(FrameTiming.frameCount(ofSamples: end) == index)
            #expect(FrameTiming.frameCount(ofSamples: end + 1) == index + 1)
        }
    }
}
