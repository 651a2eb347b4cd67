import Testing

@testable import Load

@Suite(.timeLimit(.minutes(10))) struct UtteranceTimingTests {
    private func ms(_ milliseconds: Int) -> Duration { .milliseconds(milliseconds) }

    @Test func playbackStartsEightyMillisecondsAfterBothHaveBegun() {
        var timing = UtteranceTiming(requested: ms(1_000))
        timing.audio(firstSample: 0, samples: 2_400, at: ms(1_010))
        #expect(timing.playbackStart == nil)
        _ = timing.frame(0, at: ms(1_050))
        #expect(timing.playbackStart == ms(1_130))
        timing.audio(firstSample: 2_400, samples: 2_400, at: ms(1_060))
        #expect(timing.playbackEnd == ms(1_330))
        #expect(timing.firstAudio == ms(1_010) && timing.firstFrame == ms(1_050))
    }

    @Test func aFrameIsLateOnceItsTimeHasPassed() {
        var timing = UtteranceTiming(requested: .zero)
        timing.audio(firstSample: 0, samples: 24_000, at: .zero)
        #expect(timing.frame(0, at: .zero) == .init(lateness: .zero, jitter: nil))
        // Playback starts at 80 ms; frame 3 is due at 200 ms.
        #expect(timing.frame(3, at: ms(200)).lateness == .zero)
        #expect(timing.frame(4, at: ms(241)).lateness == ms(1))
        #expect(timing.frame(5, at: ms(290)).lateness == ms(10))
        #expect(timing.frames == 4)
    }

    @Test func jitterIsTheDifferenceFromThePTS() {
        var timing = UtteranceTiming(requested: .zero)
        _ = timing.frame(0, at: ms(10))
        #expect(timing.frame(1, at: ms(50)).jitter == .zero)
        #expect(timing.frame(2, at: ms(60)).jitter == ms(30), "earlier counts as well as later")
        #expect(timing.frame(5, at: ms(200)).jitter == ms(20), "three frames further is 120 ms")
    }

    @Test func soundIsLateOnceItsTimeHasPassed() {
        var timing = UtteranceTiming(requested: .zero)
        timing.audio(firstSample: 0, samples: 2_400, at: .zero)
        _ = timing.frame(0, at: .zero)
        timing.audio(firstSample: 2_400, samples: 2_400, at: ms(180))
        #expect(timing.lateAudio == 0)
        timing.audio(firstSample: 4_800, samples: 2_400, at: ms(281))
        #expect(timing.lateAudio == 1)
    }

    @Test(arguments: [(0, 0), (1, 1), (960, 1), (961, 2), (24_000, 25), (1_440_000, 1_500)])
    func asManyFramesAreExpectedAsTheSoundAsksFor(samples: Int, frames: Int) {
        var timing = UtteranceTiming(requested: .zero)
        timing.audio(firstSample: 0, samples: samples, at: .zero)
        #expect(timing.expectedFrames == frames)
    }
}
