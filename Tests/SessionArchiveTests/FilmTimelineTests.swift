import LipSync
import Realtime
@testable import SessionArchive
import Testing
import Video

@Suite("A film shows what the user saw")
struct FilmTimelineTests {
    private var timeline = FilmTimeline(origin: .seconds(10), idleFrames: 250)

    /// Sample n of the utterance is n + 1; its frames are painted from `base` on.
    private mutating func speak(
        seconds: Double, at instant: Double, base: Int = 0, start: Double? = nil, isWhole: Bool = true
    ) {
        let count = Int(seconds * 24_000)
        timeline.see(.responding(responseID: "r", itemID: "i"), at: .seconds(instant))
        let samples = (0..<count).map { Int16($0 % 30_000 + 1) }
        for first in stride(from: 0, to: count, by: 2_400) {
            timeline.see(
                .spoke(samples[first..<min(first + 2_400, count)], first: first, start: .seconds(start ?? instant)),
                at: .seconds(instant))
        }
        for index in 0..<FrameTiming.frameCount(ofSamples: count) {
            let encoded = EncodedFrame(data: [], isKeyframe: index == 0)
            timeline.see(
                .showed(VideoFrame(index: index, baseFrame: (base + index) % 250, encoded: encoded)),
                at: .seconds(instant))
        }
        guard isWhole else { return }
        timeline.see(
            .responded(
                FinishedResponse(
                    id: "r", itemID: "i", status: "completed", text: "", heardMilliseconds: 0, end: .zero)),
            at: .seconds(instant))
    }

    private func frame(_ slot: FilmTimeline.Slot) -> Int? {
        if case .spoken(let frame) = slot.picture { frame.index } else { nil }
    }

    @Test("with each frame beside its sound, from 80 ms after both were sent; around it the idle clip goes on")
    mutating func utterance() {
        timeline.see(.idle(frame: 100), at: .seconds(10))
        speak(seconds: 1, at: 10.5, base: 115)
        let slots = timeline.slots(until: .seconds(13))
        #expect(slots.count == 75)
        // 580 ms: the first frame from then on is the fifteenth.
        #expect(slots[14].picture == .idle(114))
        for index in 0..<25 {
            #expect(frame(slots[15 + index]) == index)
            let sound: [Int16] = (1...960).map { Int16(index * 960 + $0) }
            #expect(slots[15 + index].sound == sound)
        }
        #expect(slots[40].picture == .idle(140))
        #expect(slots[74].picture == .idle(174))
        #expect(slots[74].sound == Array(repeating: 0, count: 960))
    }

    @Test("up to the instant of an interruption, and then no word more; the cut does not click")
    mutating func interruption() {
        speak(seconds: 2, at: 10, isWhole: false)
        let early = timeline.slots(until: .seconds(10.3))
        timeline.see(.interrupted, at: .seconds(10.82))
        let slots = early + timeline.slots(until: .seconds(11.5))
        #expect(slots.count == 37)
        #expect(slots.lastIndex { frame($0) != nil } == 19)
        #expect(frame(slots[19]) == 17)
        let (last, fade) = (Int(slots[19].sound[959]), slots[20].sound)
        #expect(abs(Int(fade[0]) - last) < 200)
        #expect(fade[240...].allSatisfy { $0 == 0 })
        #expect(slots[20].picture == .idle(18))
    }

    @Test("with answers one after the other, without a gap")
    mutating func queue() {
        speak(seconds: 1, at: 10)
        speak(seconds: 1, at: 10.2, base: 25, start: 11)
        let slots = timeline.slots(until: .seconds(13))
        let frames: [Int?] = Array(0..<25) + Array(0..<25)
        #expect(slots[2..<52].map(frame) == frames)
        #expect(frame(slots[52]) == nil)
    }

    @Test("held, where the client waits for sound")
    mutating func dry() {
        speak(seconds: 0.4, at: 10, isWhole: false)
        let slots = timeline.slots(until: .seconds(11))
        #expect(frame(slots[11]) == 9)
        #expect(slots[12...].allSatisfy { $0.picture == .held })
        timeline.see(
            .spoke(Array(repeating: 5, count: 960)[...], first: 9_600, start: .seconds(10.6)), at: .seconds(11))
        let resumed = timeline.slots(until: .seconds(11.06))
        #expect(resumed.map(\.sound) == [Array(repeating: 5, count: 960)])
    }

    @Test("from the middle of an answer on, at its right place")
    mutating func late() {
        // 48 000 samples were sent before; the client heard the first at 9 s, and hears these at 11.
        timeline.see(
            .spoke(Array(repeating: 5, count: 2_400)[...], first: 48_000, start: .seconds(9)), at: .seconds(10))
        let slots = timeline.slots(until: .seconds(11.2))
        #expect(slots.firstIndex { $0.sound.contains(5) } == 27)
        #expect(slots[27].sound.allSatisfy { $0 == 5 })
        #expect(slots[..<27].allSatisfy { frame($0) == nil && $0.picture != .held })
    }

    @Test("with the user's voice where they spoke, under the avatar's")
    mutating func voice() {
        for index in 0..<10 {
            // With the jitter of a network.
            let arrival = 11.1 + Double(index) / 10 + (index % 2 == 0 ? 0 : 0.03)
            timeline.see(.heard(Array(repeating: 100, count: 2_400)), at: .seconds(arrival))
        }
        speak(seconds: 1, at: 11, start: 11)
        let slots = timeline.slots(until: .seconds(13))
        #expect(slots[24].sound[..<950].allSatisfy { $0 == 0 })
        #expect(slots[25].sound.allSatisfy { $0 == 100 })
        let both: [Int16] = (101..<1_061).map { Int16($0) }
        #expect(slots[27].sound == both)
        #expect(slots[49].sound[959] != 0)
    }
}
