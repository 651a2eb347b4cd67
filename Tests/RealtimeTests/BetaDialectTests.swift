@testable import Realtime
import Testing

@Suite struct BetaDialectTests {
    private func current(_ json: String) -> JSON { JSON(BetaDialect.current(Array(json.utf8))) }

    @Test func settingsMoveToWhereTheyAreToday() {
        let session = current(
            #"""
            {"type":"session.update","session":{"modalities":["audio","text"],"voice":"alloy","instructions":"hi",
             "input_audio_format":"g711_ulaw","output_audio_format":"pcm16","turn_detection":null,
             "input_audio_transcription":{"model":"whisper-1"},"max_response_output_tokens":"inf","temperature":0.8}}
            """#)["session"]
        #expect(session["type"] == "realtime" && session["instructions"] == "hi")
        #expect(session["output_modalities"] == .array(["audio"]))
        #expect(session["audio"]["output"]["voice"] == "alloy")
        #expect(session["audio"]["output"]["format"]["type"] == "audio/pcm")
        #expect(session["audio"]["input"]["format"]["type"] == "audio/pcmu")
        #expect(session["audio"]["input"]["transcription"]["model"] == "whisper-1")
        #expect(session["audio"]["input"].has("turn_detection"))
        #expect(session["max_output_tokens"] == "inf")
    }

    @Test func itemsAndResponsesToo() {
        let item = current(
            #"{"type":"conversation.item.create","item":{"type":"message","role":"assistant","content":[{"type":"text","text":"a"}]}}"#
        )["item"]
        #expect(item["content"][0]["type"] == "output_text")
        let response = current(#"{"type":"response.create","response":{"modalities":["text"]}}"#)["response"]
        #expect(response["output_modalities"] == .array(["text"]))
    }

    @Test(arguments: [#"{"type":"input_audio_buffer.append","audio":"AAAA"}"#, #"{"type":"response.cancel"}"#, "{", ""])
    func whatIsTheSameInBothStaysAsItIs(json: String) {
        #expect(BetaDialect.current(Array(json.utf8)) == Array(json.utf8))
    }

    @Test func aConversationIsToldInEarlierWords() async throws {
        let clock = TestClock(leaps: true)
        let outbox = RecordingOutbox(clock: clock)
        let session = SessionUnderTest(settings: SessionSettings(voice: "slt"), clientOutbox: BetaOutbox(outbox))
        await session.session.start()
        await session.ask()
        await outbox.wait(for: "response.done")
        let created = try #require(outbox.messages.first).event["session"]
        #expect(created["modalities"] == .array(["audio", "text"]) && created["voice"] == "slt")
        #expect(created["input_audio_format"] == "pcm16" && !created.has("audio"))
        let names = Set(outbox.messages.map { $0.event["type"].string ?? "?" })
        #expect(
            names == [
                "session.created", "conversation.item.created", "response.created", "response.output_item.added",
                "response.content_part.added", "response.audio_transcript.delta", "response.audio.delta",
                "response.audio.done", "response.audio_transcript.done", "response.content_part.done",
                "response.output_item.done", "response.done",
            ])
        let content = outbox.all("response.done")[0].event["response"]["output"][0]["content"][0]
        #expect(content["type"] == "audio" && content["transcript"] == "Hello there, how are you?")
    }
}
