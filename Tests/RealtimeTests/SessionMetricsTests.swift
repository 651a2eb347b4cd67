import Testing

@testable import Realtime

@Suite(.timeLimit(.minutes(10))) struct SessionMetricsTests {
    @Test func aSessionSpeaksForAsLongAsItsResponseIsGiven() async {
        let test = SessionUnderTest(leaps: false)
        #expect(test.metric("visavis_sessions_speaking") == "0")
        await test.ask()
        #expect(test.metric("visavis_sessions_speaking") == "1")
        await test.receive(#"{"type":"response.cancel"}"#)
        #expect(test.metric("visavis_sessions_speaking") == "0")
    }

    @Test func theFirstFrameOfEachResponseIsTimed() async {
        let test = SessionUnderTest()
        for response in 1...2 {
            await test.ask()
            await test.outbox.wait(for: "response.done", count: response)
        }
        #expect(test.metric("visavis_first_frame_seconds_count") == "2")
        #expect(test.metric("visavis_sessions_speaking") == "0")
    }

    @Test func framesThatFollowTheirSoundTooLateAreCounted() async {
        // From message 20 on, every one takes a second: nothing is in time any more.
        let clock = TestClock(leaps: true)
        let test = SessionUnderTest(
            clock: clock, onSend: { number in if number >= 20 { clock.advance(by: .seconds(1)) } })
        await test.ask()
        await test.outbox.wait(for: "response.done")
        let late = Int(test.metric(#"visavis_frames_late_total{device="cpu",engine="scripted"}"#)) ?? 0
        #expect((1..<50).contains(late))
    }

    @Test func framesThatComeInTimeAreNotLate() async {
        let test = SessionUnderTest()
        await test.ask()
        await test.outbox.wait(for: "response.done")
        #expect(test.metric(#"visavis_frames_late_total{device="cpu",engine="scripted"}"#) == "0")
    }

    @Test func framesThatTheClientDoesNotReadAreCounted() async {
        let test = SessionUnderTest(outcome: { _, message in
            message.kind == .video(isKeyframe: false) ? .droppedUntilKeyframe : .queued
        })
        await test.ask()
        await test.outbox.wait(for: "response.done")
        let dropped = #"visavis_frames_dropped_total{device="cpu",engine="scripted",reason="client"}"#
        #expect((Int(test.metric(dropped)) ?? 0) > 0)
    }

    @Test func theSkewThatClientsReportIsKeptAsMagnitudes() async {
        let test = SessionUnderTest()
        #expect(await test.answer(to: #"{"type":"video.report","skew_ms":[-3,3,500]}"#).isEmpty)
        #expect(test.metric(#"visavis_av_skew_seconds_bucket{le="0.002"}"#) == "0")
        #expect(test.metric(#"visavis_av_skew_seconds_bucket{le="0.004"}"#) == "2")
        #expect(test.metric("visavis_av_skew_seconds_count") == "3")
        #expect(test.metric("visavis_av_skew_seconds_sum") == "0.506")
    }

    @Test func aReportThatIsWrongLeavesNothing() async {
        let test = SessionUnderTest()
        let answer = await test.answer(to: #"{"type":"video.report","skew_ms":[1,99999]}"#)
        #expect(answer.map(\.type) == ["error"])
        #expect(answer[0].event["error"]["param"] == "skew_ms[1]")
        #expect(test.metric("visavis_av_skew_seconds_count") == "0")
    }
}
