import TestSupport
import Testing

@testable import MuseTalk

@Suite struct ConditioningScheduleTests {
    @Test func aFrameIsDueWith80MillisecondsBeyondIt() throws {
        var schedule = ConditioningSchedule(.streaming, rate: 24_000)
        schedule.hear(3 * 960 - 1)
        #expect(schedule.next == nil)
        schedule.hear(1)
        #expect(try #require(schedule.next).frame == 0)
        schedule.advance()
        #expect(schedule.next == nil)
    }

    @Test func atTheEndEveryFrameIsDueThePartialOneToo() {
        var schedule = ConditioningSchedule(.streaming, rate: 24_000)
        schedule.hear(3 * 960 + 1)
        schedule.finish()
        #expect(schedule.readyFrames == 4)
        #expect(Self.drain(&schedule).map(\.frame) == [0, 1, 2, 3])
    }

    @Test(arguments: SpeechHearing.allCases)
    func anUtteranceWithoutSpeechHasNoFrames(hearing: SpeechHearing) {
        var schedule = ConditioningSchedule(hearing, rate: 24_000)
        schedule.finish()
        #expect(schedule.next == nil && schedule.readyFrames == 0)
    }

    @Test func aWholeSegmentIsWaitedFor() {
        var schedule = ConditioningSchedule(.whole, rate: 16_000)
        schedule.hear(480_000 - 1)
        #expect(schedule.next == nil)
        schedule.hear(1)
        // The last two frames' windows reach into the next segment.
        #expect(schedule.readyFrames == 748)
        schedule.finish()
        #expect(schedule.readyFrames == 750)
    }

    /// Whatever the pieces, every frame is due at once, and is made of the same sound.
    @Test(arguments: 0..<20) func piecesDoNotMatter(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let total = Int.random(in: 0...1_000_000, using: &generator)
        var whole = ConditioningSchedule(.streaming, rate: 24_000)
        whole.hear(total)
        whole.finish()
        let expected = Self.drain(&whole)
        #expect(expected.count == (total + 959) / 960)

        var schedule = ConditioningSchedule(.streaming, rate: 24_000)
        var (heard, windows) = (0, [ConditioningWindow]())
        while heard < total {
            let piece = min(
                total - heard, Int.random(in: 1...(1 << Int.random(in: 4...17, using: &generator)), using: &generator))
            schedule.hear(piece)
            heard += piece
            windows += Self.drain(&schedule)
            #expect(windows.count == max(0, heard / 960 - 2))
        }
        schedule.finish()
        #expect(windows + Self.drain(&schedule) == expected)
    }

    private static func drain(_ schedule: inout ConditioningSchedule) -> [ConditioningWindow] {
        var windows: [ConditioningWindow] = []
        while let window = schedule.next {
            windows.append(window)
            schedule.advance()
        }
        return windows
    }
}
