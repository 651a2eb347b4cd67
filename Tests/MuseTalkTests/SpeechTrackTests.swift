import TestSupport
import Testing

@testable import MuseTalk

@Suite struct SpeechTrackTests {
    /// What a resampler holds back may not delay a frame: each is due with the last sample that it needs.
    @Test(arguments: [16_000, 24_000]) func aFramesSoundIsThereWhenItIsDue(rate: Int) throws {
        var generator = SeededGenerator(seed: 1)
        var track = try SpeechTrack(rate: rate)
        var schedule = ConditioningSchedule(.streaming, rate: rate)
        for step in 0..<200 {
            let piece = Self.noise(rate / 100, &generator)
            track.append(piece)
            schedule.hear(piece.count)
            guard let window = schedule.next else { continue }
            #expect(try track.hear(window.samplesNeeded), "after \(step) pieces")
            track.forget(before: window.firstSampleNeeded)
            schedule.advance()
        }
    }

    @Test(arguments: [16_000, 24_000]) func theEndReleasesWhatIsHeldBack(rate: Int) throws {
        var generator = SeededGenerator(seed: 2)
        var track = try SpeechTrack(rate: rate)
        track.append(Self.noise(rate + 1, &generator))
        track.finish()
        #expect(try track.hear(16_001))
        #expect(try !track.hear(16_002))
        #expect(track.heard == 0..<16_001)
    }

    @Test func whatIsStillNeededIsNotForgotten() throws {
        var generator = SeededGenerator(seed: 3)
        let samples = Self.noise(400_000, &generator)
        var track = try SpeechTrack(rate: 16_000)
        var start = 0
        for end in stride(from: 1000, through: samples.count, by: 1000) {
            track.append(Array(samples[(end - 1000)..<end]))
            #expect(try track.hear(end))
            track.forget(before: start)
            let kept = track.withSamples(start..<end) { Array($0) }
            #expect(kept == samples[start..<end].map { Float($0) / 32_768 })
            start = end - 800
        }
        #expect(track.heard.lowerBound >= samples.count - 2000)
    }

    @Test func theSegmentIsContinuedByItsMirrorImage() {
        let patch = Self.patch(from: -3, of: .init(count: 5, end: .mirrored), heard: [0, 1, 2, 3, 4, 5, 6])
        #expect(patch.prefix(12) == [3, 2, 1, 0, 1, 2, 3, 4, 3, 2, 1, 0])
        // Its mirror image ends somewhere, too.
        #expect(patch[12...].allSatisfy { $0 == 0 })
    }

    @Test func behindTheUtteranceIsSilence() {
        let patch = Self.patch(
            from: 100, of: .init(count: 104, end: .silent), heard: [9, 9, 1, 2, 3, 4], heardStart: 98)
        #expect(patch.prefix(6) == [1, 2, 3, 4, 0, 0])
        #expect(patch[4...].allSatisfy { $0 == 0 })
    }

    private static func patch(
        from first: Int, of sound: ConditioningWindow.Sound, heard: [Float], heardStart: Int = 0
    ) -> [Float] {
        var patch = [Float](repeating: .nan, count: SpeechPatch.count)
        patch.withUnsafeMutableBufferPointer { patch in
            heard.withUnsafeBufferPointer {
                SpeechPatch.fill(patch, from: first, of: sound, heard: $0, heardStart: heardStart)
            }
        }
        return patch
    }

    private static func noise(_ count: Int, _ generator: inout SeededGenerator) -> [Int16] {
        (0..<count).map { _ in Int16.random(in: -9000...9000, using: &generator) }
    }
}
