import Foundation
import Inference
import TestSupport
import Testing

@testable import MuseTalk

/// An utterance of ten minutes: its end costs what its beginning costs, and is heard as well.
@Suite(.timeLimit(.minutes(10))) struct LongUtteranceTests {
    @Test func noFrameNeedsMoreSoundThanTheFirst() throws {
        var track = try SpeechTrack(rate: 24_000)
        var schedule = ConditioningSchedule(.streaming, rate: 24_000)
        let piece = (0..<480).map { Int16($0) }
        var (frames, longest, most) = (0, 0, 0)
        for _ in 0..<(10 * 60 * 50) {
            track.append(piece)
            schedule.hear(piece.count)
            while let window = schedule.next {
                try #require(try track.hear(window.samplesNeeded), "frame \(frames)")
                longest = max(longest, window.samplesNeeded - window.firstSampleNeeded)
                most = max(most, track.heard.count)
                track.forget(before: window.firstSampleNeeded)
                schedule.advance()
                frames += 1
            }
        }
        #expect(frames == 10 * 60 * 25 - 2)
        #expect(longest <= SpeechPatch.count)
        #expect(most <= 3 * ConditioningTiming.rate)
    }

    @Test(.enabled(if: Golden.exist && MiniModel.exists)) func theLastSegmentIsHeardAsTheFirst() throws {
        let speech = try Utterance.golden().samples
        let model = try Utterance.model(.streaming)
        let first = try states(of: speech.prefix(32_000), inSegment: 0, by: model.makeEncoder())
        let encoder = try model.makeEncoder()
        let other = try states(of: speech.suffix(32_000), inSegment: 18, by: encoder)
        let last = try states(of: speech.prefix(32_000), inSegment: 19, by: encoder)
        #expect(last == first)
        #expect(last != other)
    }

    /// The hidden states of two seconds at the beginning of a segment.
    private func states(
        of speech: ArraySlice<Int16>, inSegment segment: Int, by encoder: any SpeechEncoder
    ) throws -> [Float] {
        var track = try SpeechTrack(rate: ConditioningTiming.rate)
        let silence = [Int16](repeating: 0, count: ConditioningTiming.samplesPerSegment)
        for index in 0..<segment {
            track.append(silence)
            _ = try track.hear((index + 1) * silence.count - 1000)
            track.forget(before: index * silence.count)
        }
        track.append(Array(speech))
        var states: [Float] = []
        let firstFrame = segment * silence.count / 640
        for frame in (firstFrame + 2)..<(firstFrame + 40) {
            let window = ConditioningWindow(frame: frame, ofUtterance: nil)
            try #require(try track.hear(window.samplesNeeded))
            try encoder.encode(window, of: track)
            for row in window.rows {
                var numbers = [Float](repeating: 0, count: ConditioningTiming.numbersPerPosition)
                encoder.copyRow(row, of: window, to: &numbers)
                states += numbers
            }
        }
        return states
    }

    /// The measurement of `docs/performance.md`; it takes a minute or two of one core.
    @Test(.enabled(if: isMeasured)) func theTenthMinuteCostsWhatTheFirstCosts() async throws {
        let minute = try Utterance(.english)
        let conditioner = try SpeechConditioner(Utterance.model(.streaming), rate: minute.rate)
        let piece = minute.rate / 10
        var early: [[Float]] = []
        var late: [[Float]] = []
        var start = Self.processorTime
        for tenth in 0..<(10 * 600) {
            let offset = tenth % 600 * piece
            conditioner.append(Array(minute.samples[offset..<(offset + piece)]))
            let frames = try await conditioner.takeAll()
            if (100..<200).contains(tenth) { early += frames }
            if (5500..<5600).contains(tenth) { late += frames }
            guard (tenth + 1).isMultiple(of: 100) else { continue }
            let now = Self.processorTime
            if [100, 600, 3000, 6000].contains(tenth + 1) {
                print("up to \((tenth + 1) / 10) s: \((now - start) * 100) ms of a core a second of speech")
            }
            start = now
        }
        let similarity = Similarity(late, early)
        print("10 s of the tenth minute beside the same of the first: \(similarity)")
        #expect(similarity.least > 0.999)
    }

    /// Seconds that all threads of the tests have worked: other programs do not count.
    private static var processorTime: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

    private static var isMeasured: Bool {
        Recording.english.exists && MiniModel.exists && ProcessInfo.processInfo.environment["VISAVIS_MEASURE"] != nil
    }
}
