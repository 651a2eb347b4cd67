import Avatars
import LipSync
import Realtime
@testable import SessionArchive
import Testing
import Video

@Suite("A film shows what the user saw")
struct FilmTimelineTests {
    private var timeline = FilmTimeline(
        origin: .seconds(10), idleFrames: 250, poses: [.listening: 150, .thinking: 150])

    /// Sample n of the utterance is n + 1; its frames are painted from `base` on.
    private mutating func speak(
        seconds: Double, at instant: Double, base: Int = 0, start: Double? = nil, isWhole: Bool = true,
        isAsked: Bool = false
    ) {
        let count = Int(seconds * 24_000)
        if !isAsked { timeline.see(.responding(responseID: "r", itemID: "i", isSeen: true), at: .seconds(instant)) }
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
        // The mouth closes, in less than two pictures.
        #expect(slots[20].picture == .idle(18))
        #expect(slots[20].fade == .closing)
        #expect(slots[21].fade?.age == 1)
        #expect(slots[22].fade == nil)
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

    @Test("listening while somebody speaks, thinking while an answer is awaited, and coming back to speak")
    mutating func poses() {
        timeline.see(.turnStarted, at: .seconds(11))
        timeline.see(.turnEnded, at: .seconds(12))
        timeline.see(.responding(responseID: "r", itemID: "i", isSeen: true), at: .seconds(12))
        let early = timeline.slots(until: .seconds(12.8))
        speak(seconds: 1, at: 13, base: 75, isAsked: true)
        let slots = early + timeline.slots(until: .seconds(15))
        #expect(slots[..<30].allSatisfy { $0.fade == nil })
        #expect(slots[29].picture == .idle(29))
        // 200 ms later, in case the mood passes; 280 ms of both poses are seven pictures.
        #expect(slots[30].picture == .pose(.listening, 0))
        #expect(slots[30..<37].map { $0.fade?.age } == Array(0..<7))
        #expect(slots[30..<37].map { $0.fade?.share ?? 0 } == [21, 86, 141, 184, 218, 241, 253])
        #expect(slots[37].fade == nil)
        #expect(slots[54].picture == .pose(.listening, 24))
        #expect(slots[55].picture == .pose(.thinking, 0))
        #expect(slots[76].picture == .pose(.thinking, 21))
        #expect(frame(slots[77]) == 0)
        #expect(slots[77].fade == .pose)
        // The idle clip's time has gone on.
        #expect(slots[102].picture == .idle(100))
    }

    @Test("idle, where the avatar has no other pose, and where an answer comes at once")
    mutating func noPoses() {
        timeline.see(.responding(responseID: "r", itemID: "i", isSeen: true), at: .seconds(11))
        speak(seconds: 0.4, at: 11.05, isAsked: true)
        timeline.see(.responding(responseID: "s", itemID: "j", isSeen: true), at: .seconds(12))
        #expect(timeline.slots(until: .seconds(12.1)).allSatisfy { $0.fade == nil })
        var plain = FilmTimeline(origin: .zero, idleFrames: 250)
        plain.see(.turnStarted, at: .zero)
        #expect(plain.slots(until: .seconds(1)).map(\.picture) == (0..<25).map { .idle($0) })
    }

    @Test("from the middle of an answer on, with all of it that is still to be heard")
    mutating func late() {
        var past = FilmPast()
        past.see(.idle(frame: 0), at: .zero)
        past.see(.responding(responseID: "r", itemID: "i", isSeen: true), at: .zero)
        // Sent up to two seconds ahead: 20 s are heard from 1 s on.
        for index in 0..<500 {
            let instant = Duration.milliseconds(max(900, index * 40 - 1_000))
            let samples = Array(repeating: Int16(index + 1), count: 960)
            past.see(.spoke(samples[...], first: index * 960, start: .seconds(1)), at: instant)
            let encoded = EncodedFrame(data: [], isKeyframe: index.isMultiple(of: 100))
            past.see(.showed(VideoFrame(index: index, baseFrame: index % 250, encoded: encoded)), at: instant)
        }
        // Now it is 18.5 s, and frame 435 is due, 80 ms after its sound could have been heard.
        let start = past.start
        #expect(start == .seconds(11), "the keyframe before, which was sent then, is frame 300")
        #expect(past.sights.count < 500)
        timeline = FilmTimeline(origin: .seconds(11), idleFrames: 250)
        for (event, instant) in past.sights { timeline.see(event, at: instant) }
        let slots = timeline.slots(until: .seconds(20))
        let first = slots.firstIndex { frame($0) != nil } ?? 0
        #expect(frame(slots[first]) == 300, "to be decoded first")
        #expect(slots[first...].compactMap(frame) == Array(300..<(300 + slots.count - first)))
        for slot in slots[188...] {
            let index = frame(slot)
            #expect(slot.sound == Array(repeating: Int16((index ?? 0) + 1), count: 960))
        }
    }

    @Test("with the voice alone, for a client that wants no picture")
    mutating func voiceAlone() {
        timeline.see(.responding(responseID: "r", itemID: "i", isSeen: false), at: .seconds(11))
        let samples = [Int16](repeating: 5, count: 9_600)
        timeline.see(.spoke(samples[...], first: 0, start: .seconds(11)), at: .seconds(11))
        let slots = timeline.slots(until: .seconds(12))
        #expect(slots.firstIndex { $0.sound.contains(5) } == 27)
        #expect(slots[..<32].map(\.picture) == (0..<32).map { .idle($0) })
    }

    @Test("without what was over, or interrupted, before it began")
    func over() {
        var past = FilmPast()
        past.see(.responding(responseID: "r", itemID: "i", isSeen: true), at: .zero)
        past.see(.spoke([1, 2], first: 0, start: .zero), at: .zero)
        past.see(.turnStarted, at: .seconds(1))
        past.see(.interrupted, at: .seconds(1))
        #expect(past.sights.map(\.instant) == [.seconds(1)], "somebody speaks")
        past.see(.turnEnded, at: .seconds(2))
        #expect(past.sights.isEmpty)
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
