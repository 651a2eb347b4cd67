import TestSupport
import Testing

@testable import MuseTalk

@Suite struct ConditioningWindowTests {
    @Test func aFrameSeesTwoFramesAround() {
        let window = ConditioningWindow(frame: 100, ofUtterance: nil)
        #expect(window.segment == 0 && window.start == 196 && window.rows == 0..<10)
        // 80 ms beyond the frame, but for what a resampler may hold back.
        #expect(window.sound == .init(count: 103 * 640 - 32, end: .mirrored))
    }

    @Test func whereTheUtteranceIsOverThereIsSilence() {
        let window = ConditioningWindow(frame: 100, ofUtterance: 102 * 640 + 5)
        #expect(window.rows == 0..<8)
        #expect(window.sound == .init(count: 102 * 640 + 5, end: .silent))
    }

    @Test func whatTheEndChangesIsOnlyWhatReachesIt() {
        let samples = 200 * 640 + 17
        for frame in 0..<198 {
            let known = ConditioningWindow(frame: frame, ofUtterance: samples)
            #expect(known == ConditioningWindow(frame: frame, ofUtterance: nil), "frame \(frame)")
        }
        #expect(
            ConditioningWindow(frame: 198, ofUtterance: samples) != ConditioningWindow(frame: 198, ofUtterance: nil))
    }

    /// Follows every row back to the position that it comes from, across segments and beyond both ends.
    @Test(arguments: [0, 1, 319, 320, 640, 5_000, 479_999, 480_000, 480_001, 481_500, 960_640])
    func rowsAreThoseOfTheOfficialCode(samples: Int) {
        var rows = [Int?](repeating: nil, count: 10)
        for frame in 0..<((samples + 639) / 640) {
            let window = ConditioningWindow(frame: frame, ofUtterance: samples)
            rows = (0..<10).map { row in
                if row < window.rows.lowerBound { return rows[row + 2] }
                return window.rows.contains(row) ? window.segment * 1500 + window.start + row : nil
            }
            // The official code: four zeros, the whole positions of the sound, and zeros; ten from 2k on.
            let official = (0..<10).map { row -> Int? in
                let position = 2 * frame + row - 4
                return (0..<(samples / 320)).contains(position) ? position : nil
            }
            #expect(rows == official, "frame \(frame)")
        }
    }

    @Test func aWindowNeedsNothingThatWasForgotten() {
        for frame in 1..<1600 {
            let before = ConditioningWindow(frame: frame - 1, ofUtterance: nil)
            let window = ConditioningWindow(frame: frame, ofUtterance: nil)
            #expect(window.firstSampleNeeded >= before.firstSampleNeeded, "frame \(frame)")
        }
    }
}
