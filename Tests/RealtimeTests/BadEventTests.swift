import Foundation
@testable import Realtime
import Responders
import Testing

/// Whatever a client sends, nothing that was already said is lost.
@Suite(.timeLimit(.minutes(10))) struct BadEventTests {
    private func append(_ samples: [Int16], to test: SessionUnderTest) async {
        let audio = samples.withUnsafeBytes { Data($0) }.base64EncodedString()
        await test.receive(#"{"type":"input_audio_buffer.append","audio":"\#(audio)"}"#)
    }

    private func sendBadBinary(to test: SessionUnderTest) async {
        await test.session.receive(binary: Array("text instead of audio".utf8))
    }

    @Test(arguments: ClientEventTests.bad)
    func soundAroundABadEventIsEchoedWhole(_ bad: ClientEventTests.Bad) async {
        let test = SessionUnderTest(
            settings: SessionSettings(voice: "slt", turnDetection: nil, video: .base64), responder: EchoResponder())
        let before = (0..<3001).map { Int16($0) }
        let after = (0..<2003).map { Int16(-$0) }
        await append(before, to: test)
        await test.receive(bad.json)
        await sendBadBinary(to: test)
        await append(after, to: test)
        await test.receive(#"{"type":"input_audio_buffer.commit"}"#)
        await test.receive(#"{"type":"response.create"}"#)
        await test.outbox.wait(for: "response.done")
        #expect(test.outbox.all("error").count == 2)
        #expect(test.outbox.all("response.output_audio.delta").flatMap(\.samples) == before + after)
    }

    @Test func utteranceGoesOnWhateverComes() async {
        let test = SessionUnderTest(leaps: false, pieces: ScriptedResponder.speech(seconds: 2))
        await test.ask()
        await test.outbox.wait(for: "response.output_video.delta")
        for bad in ClientEventTests.bad {
            await test.receive(bad.json)
            await sendBadBinary(to: test)
        }
        // All of it came in the middle of the utterance: time stood still.
        #expect(test.outbox.all("response.done").isEmpty)
        #expect(test.outbox.all("error").count == 2 * ClientEventTests.bad.count)
        let ticking = test.clock.tick()
        await test.outbox.wait(for: "response.done")
        ticking.cancel()
        #expect(test.outbox.all("response.done").first?.event["response"]["status"] == "completed")
        let samples = test.outbox.all("response.output_audio.delta").flatMap(\.samples)
        #expect(samples == (0..<48_000).map { Int16(truncatingIfNeeded: $0) })
        #expect(test.outbox.all("response.output_video.delta").map { $0.event["frame"].int } == Array(0..<50))
    }

    @Test(arguments: ClientEventTests.bad)
    func itemFromBeforeABadEventIsStillThere(_ bad: ClientEventTests.Bad) async {
        let test = SessionUnderTest()
        let item = #"{"id":"mine","type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]}"#
        await test.receive(#"{"type":"conversation.item.create","item":\#(item)}"#)
        await test.receive(bad.json)
        let answer = await test.answer(to: #"{"type":"conversation.item.retrieve","item_id":"mine"}"#)
        #expect(answer.map(\.type) == ["conversation.item.retrieved"])
        #expect(answer.first?.event["item"]["content"][0]["text"] == "Hi")
    }
}
