@testable import Realtime
import Responders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct ResponseTimelineTests {
    private func ms(_ milliseconds: Int) -> Duration { .milliseconds(milliseconds) }

    /// A spoken turn with the usual silence, answered 30 ms after it; the first frame leaves 40 ms after the sound.
    private func spoken(isUpstream: Bool) -> ResponseTimeline {
        var timeline = ResponseTimeline(userStopped: ms(1000), silence: ms(500))
        timeline.reached(.turnCommitted, at: ms(1510))
        timeline.asksResponder(at: ms(1510), isUpstream: isUpstream)
        timeline.reached(.firstAudio, at: ms(1540))
        timeline.reached(.firstFrameSent, at: ms(1580))
        return timeline
    }

    @Test func timeIsCountedFromTheLastWord() {
        let timeline = spoken(isUpstream: false)
        #expect(timeline.time(to: .userStopped) == .zero)
        #expect(timeline.time(to: .firstFrameSent) == ms(580))
        #expect(timeline.time(to: .transcript) == nil)
    }

    @Test func theSilenceIsNotOurOwn() {
        #expect(spoken(isUpstream: false).ownShare == ms(80))
        #expect(spoken(isUpstream: false).upstream == .zero)
    }

    @Test func whatOthersTakeIsNotOurOwn() {
        #expect(spoken(isUpstream: true).upstream == ms(30))
        #expect(spoken(isUpstream: true).ownShare == ms(50))
    }

    @Test func aStepIsReachedOnce() {
        var timeline = spoken(isUpstream: false)
        timeline.reached(.firstAudio, at: ms(9999))
        #expect(timeline.time(to: .firstAudio) == ms(540))
    }

    @Test func whatIsTypedCountsFromTheRequest() {
        var timeline = ResponseTimeline()
        timeline.asksResponder(at: ms(70), isUpstream: false)
        timeline.reached(.firstAudio, at: ms(80))
        timeline.reached(.firstFrameSent, at: ms(95))
        #expect(timeline.ownShare == ms(25))
        #expect(timeline.time(to: .turnCommitted) == nil)
    }

    @Test func nothingIsKnownOfAnAnswerThatHasNotBegun() {
        let timeline = ResponseTimeline()
        #expect(timeline.time(to: .firstAudio) == nil && timeline.upstream == nil && timeline.ownShare == nil)
    }
}

/// Clients are told how long the answer took.
@Suite(.timeLimit(.minutes(10))) struct TimelineEventTests {
    private func steps(_ event: JSON) -> [String: JSON] {
        guard case .object(let fields) = event["steps_ms"] else { return [:] }
        return fields
    }

    @Test func typedTurnIsTimedOnceItIsSeenAndOnceItIsShown() async throws {
        let test = SessionUnderTest(leaps: false)
        await test.ask()
        await test.outbox.wait(for: "response.timeline")
        let first = try #require(test.outbox.all("response.timeline").first).event
        #expect(Set(steps(first).keys) == ["response_created", "first_token", "first_audio", "first_frame_sent"])
        #expect(first["own_ms"].int == 0 && first["silence_ms"].int == 0)
        test.clock.advance(by: .milliseconds(100))
        let id = try #require(first["response_id"].string)
        let shown = await test.answer(to: #"{"type":"video.shown","response_id":"\#(id)","ago_ms":20}"#)
        let last = try #require(shown.first { $0.type == "response.timeline" }).event
        #expect(steps(last)["first_frame_shown"]?.int == 80)
        #expect(last["item_id"] == first["item_id"])
        await test.session.close()
    }

    @Test func aFrameMayBeShownAfterItsResponseIsDone() async throws {
        let test = SessionUnderTest(leaps: false, pieces: ScriptedResponder.speech(seconds: 0.3))
        await test.ask()
        await test.outbox.wait(for: "response.done")
        let id = try #require(test.outbox.all("response.done").first?.event["response"]["id"].string)
        let shown = await test.answer(to: #"{"type":"video.shown","response_id":"\#(id)","ago_ms":-3.5}"#)
        #expect(shown.map(\.type) == ["response.timeline"])
        #expect(steps(shown[0].event)["first_frame_shown"] == .number(3.5))
    }

    @Test func whatWasInterruptedIsNotTimed() async throws {
        let test = SessionUnderTest(leaps: false)
        await test.ask()
        await test.outbox.wait(for: "response.timeline")
        await test.receive(#"{"type":"response.cancel"}"#)
        let id = try #require(test.outbox.all("response.done").first?.event["response"]["id"].string)
        #expect(await test.answer(to: #"{"type":"video.shown","response_id":"\#(id)","ago_ms":5}"#).isEmpty)
        #expect(await test.answer(to: #"{"type":"video.shown","response_id":"nobody's","ago_ms":5}"#).isEmpty)
    }

    @Test(arguments: [#""soon""#, "-1001", "60001"])
    func anImpossibleAgeIsRefused(_ age: String) async {
        let test = SessionUnderTest()
        let answer = await test.answer(to: #"{"type":"video.shown","response_id":"resp_1","ago_ms":\#(age)}"#)
        #expect(answer.map(\.type) == ["error"])
        #expect(answer[0].event["error"]["param"] == "ago_ms")
    }
}
