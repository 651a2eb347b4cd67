import Audio
import Foundation
@testable import Realtime
import Responders
import Synchronization
import TestSupport
import Testing

/// Speech interrupts; what was not heard is forgotten.
@Suite(.timeLimit(.minutes(10))) struct BargeInTests {
    /// A session in the middle of an utterance of ten seconds, of which `played` has been heard.
    private func speaking(
        played: Duration, seconds: Double = 10, turnDetection: TurnDetectionSettings? = .init()
    ) async -> SessionUnderTest {
        let test = SessionUnderTest(
            leaps: false, pieces: ScriptedResponder.speech(seconds: seconds),
            settings: SessionSettings(voice: "slt", turnDetection: turnDetection, video: .base64))
        await test.ask()
        await test.outbox.wait(for: "response.output_video.delta")
        var elapsed = Duration.zero
        let pacer = Pacer(start: .zero)
        while elapsed < played {
            test.clock.advance(by: .milliseconds(100))
            elapsed += .milliseconds(100)
            // What may be sent by now is sent before time goes on.
            let due = (0..<Int(seconds * 10)).count { pacer.instant(toSend: $0 * 2400) <= elapsed }
            await test.outbox.wait(for: "response.output_audio.delta", count: due)
        }
        return test
    }

    private func field(_ events: [Received], _ type: String, _ key: String) -> JSON {
        events.first { $0.type == type }?.event[key] ?? .null
    }

    @Test func cancelStopsAtOnceAndKeepsWhatWasHeard() async throws {
        let test = await speaking(played: .seconds(2))
        // A frame may still be on its way when the client cancels.
        let events = Array(await test.answer(to: #"{"type":"response.cancel"}"#).drop { $0.isDelta })
        #expect(
            events.map(\.type) == [
                "response.output_audio.done", "response.output_audio_transcript.done", "response.output_video.done",
                "response.content_part.done", "conversation.item.done", "response.output_item.done", "response.done",
                "conversation.item.truncated",
            ])
        let response = field(events, "response.done", "response")
        #expect(response["status"] == "cancelled")
        #expect(response["status_details"]["reason"] == "client_cancelled")
        #expect(response["output"][0]["status"] == "incomplete")
        // Two of the five seconds in which "Hello there, " is heard: five of its thirteen letters.
        #expect(response["output"][0]["content"][0]["transcript"] == "Hello")
        #expect(field(events, "conversation.item.truncated", "audio_end_ms").int == 2000)

        // However much time passes, nothing more of it comes.
        let count = test.outbox.messages.count
        for _ in 0..<50 {
            test.clock.advance(by: .milliseconds(100))
            await Task.yield()
        }
        await test.session.drain()
        #expect(test.outbox.messages.count == count)
    }

    @Test func clientRefinesTheTruncationDownward() async throws {
        let test = await speaking(played: .seconds(2))
        let events = await test.answer(to: #"{"type":"response.cancel"}"#)
        let id = try #require(field(events, "conversation.item.truncated", "item_id").string)
        func truncate(_ end: Int) async -> JSON {
            await test.answer(
                to:
                    #"{"type":"conversation.item.truncate","item_id":"\#(id)","content_index":0,"audio_end_ms":\#(end)}"#
            ).first?.event ?? .null
        }
        #expect(await truncate(1500)["audio_end_ms"].int == 1500)
        // Sent, but the server knows that it was not heard.
        #expect(await truncate(1900)["audio_end_ms"].int == 1500)
        #expect(await truncate(60_000)["error"]["param"] == "audio_end_ms")
        #expect(await truncate(0)["audio_end_ms"].int == 0)
        let item = await test.answer(to: #"{"type":"conversation.item.retrieve","item_id":"\#(id)"}"#)
        #expect(item[0].event["item"]["content"][0]["transcript"] == "")
    }

    @Test func cancellingAnAnswerThatWaitsStopsWhatIsHeardAsWell() async throws {
        let test = await speaking(played: .milliseconds(600), seconds: 1)
        await test.outbox.wait(for: "response.done")
        await test.receive(#"{"type":"response.create"}"#)
        await test.outbox.wait { $0.count { $0.type == "response.output_video.delta" } > 25 }
        await test.receive(#"{"type":"response.cancel"}"#)
        // The first was heard for 0.6 s, the second not at all.
        #expect(test.outbox.all("conversation.item.truncated").map { $0.event["audio_end_ms"].int } == [600, 0])
        #expect(test.performer.starts.withLock { $0 } == [3, 28])
    }

    /// Answers of 0.4 s are sent at once: two wait to be heard, and a third is being given.
    @Test func cancellingStopsEveryAnswerThatIsNotHeardYet() async throws {
        let test = SessionUnderTest(leaps: false, responder: LongWinded())
        await test.ask()
        await test.outbox.wait(for: "response.done")
        test.clock.advance(by: .milliseconds(200))
        await test.receive(#"{"type":"response.create"}"#)
        await test.outbox.wait(for: "response.done", count: 2)
        await test.receive(#"{"type":"response.create"}"#)
        await test.outbox.wait { $0.count { $0.type == "response.output_video.delta" } > 20 }
        await test.receive(#"{"type":"response.cancel"}"#)
        let truncated = test.outbox.all("conversation.item.truncated").map(\.event)
        #expect(truncated.map { $0["audio_end_ms"].int } == [200, 0, 0])
        let answers = test.outbox.all("response.output_item.added").map { $0.event["item"]["id"] }
        #expect(truncated.map { $0["item_id"] } == answers)
        for answer in answers.dropFirst() {
            let id = try #require(answer.string)
            let item = await test.answer(to: #"{"type":"conversation.item.retrieve","item_id":"\#(id)"}"#)
            #expect(item[0].event["item"]["status"] == "incomplete")
            #expect(item[0].event["item"]["content"][0]["transcript"] == "")
        }
        // What was interrupted is not waited for.
        await test.session.drain()
        #expect(test.clock.now == .milliseconds(200))
    }

    /// The first two answers are short.
    private struct LongWinded: ConversationResponder {
        let name = "long-winded"

        func respond(
            to conversation: Conversation
        ) throws -> any AsyncSequence<ResponsePiece, any Error> & Sendable {
            let given = conversation.turns.count { $0.speaker == .assistant }
            return try ScriptedResponder(pieces: ScriptedResponder.speech(seconds: given < 2 ? 0.4 : 10))
                .respond(to: conversation)
        }
    }

    /// Words come before their speech; here none comes.
    private struct Speechless: ConversationResponder {
        let name = "speechless"

        func respond(to conversation: Conversation) -> any AsyncSequence<ResponsePiece, any Error> & Sendable {
            AsyncThrowingStream { $0.yield(.transcript("Never heard.")) }
        }
    }

    @Test func wordsWhoseSpeechHasNotComeAreNotKept() async throws {
        let test = SessionUnderTest(responder: Speechless())
        await test.ask()
        await test.outbox.wait(for: "response.output_audio_transcript.delta")
        await test.receive(#"{"type":"response.cancel"}"#)
        let response = try #require(test.outbox.all("response.done").first).event["response"]
        #expect(response["status"] == "cancelled")
        #expect(response["output"][0]["content"][0]["transcript"] == "")
        await test.session.close()
    }

    @Test func itemCannotBeTruncatedWhileItIsSpoken() async throws {
        let test = await speaking(played: .milliseconds(100))
        let id = try #require(test.outbox.all("response.output_item.added").first?.event["item"]["id"].string)
        let answer = await test.answer(
            to: #"{"type":"conversation.item.truncate","item_id":"\#(id)","content_index":0,"audio_end_ms":0}"#)
        #expect(answer.first { $0.type == "error" }?.event["error"]["code"] == "item_in_progress")
        let deletion = await test.answer(to: #"{"type":"conversation.item.delete","item_id":"\#(id)"}"#)
        #expect(deletion.first { $0.type == "error" }?.event["error"]["code"] == "item_in_progress")
        await test.session.close()
    }

    /// Real speech that begins, loud, with its first sample; a second of silence is before it.
    private func soundOfSpeech(at speechStart: Int) throws -> [Int16] {
        let speech = try AudioFileReader(Recording.english.url).readAll()
        let onset = try #require(
            stride(from: 0, to: speech.count, by: 240).first { Self.isLoud(speech[$0...].prefix(240)) })
        return [Int16](repeating: 0, count: speechStart) + speech[onset..<(onset + 72_000)]
    }

    /// True from -30 dBFS.
    private static func isLoud(_ samples: ArraySlice<Int16>) -> Bool {
        let energy = samples.reduce(0.0) { $0 + Double($1) * Double($1) }
        return energy > 1_000_000 * Double(samples.count)
    }

    /// Feeds sound in pieces of 20 ms until `type` comes.
    /// - Returns: the position up to which it had been fed by then.
    private func feed(_ sound: [Int16], to test: SessionUnderTest, until type: String) async -> Int? {
        for start in stride(from: 0, to: sound.count, by: 480) {
            let end = min(start + 480, sound.count)
            let piece = sound[start..<end].withUnsafeBytes { BinaryMessage(kind: .audio).encoded(with: $0) }
            await test.session.receive(binary: piece)
            if !test.outbox.all(type).isEmpty { return end }
        }
        return nil
    }

    @Test(.enabled(if: Recording.english.exists))
    func speechThatNeedsNoConfirmationInterruptsWithin100MillisecondsOfItsStart() async throws {
        let test = await speaking(played: .seconds(1), turnDetection: .init(interruptionMs: 0))
        let end = await feed(try soundOfSpeech(at: 24_000), to: test, until: "conversation.item.truncated")
        let delay = (try #require(end) - 24_000) / 24
        #expect(delay <= 100, "interrupted \(delay) ms after speech began")

        // What the client needs to stop comes first, and nothing of the old utterance behind it.
        let types = test.outbox.types
        let started = try #require(types.firstIndex(of: "input_audio_buffer.speech_started"))
        #expect(types[started...].count == 9 && types[started...].allSatisfy { !$0.hasSuffix(".delta") })
        let response = try #require(test.outbox.all("response.done").first).event["response"]
        #expect(response["status_details"]["reason"] == "turn_detected")
        #expect(test.outbox.all("conversation.item.truncated").first?.event["audio_end_ms"].int == 1000)
    }

    @Test(.enabled(if: Recording.english.exists))
    func speechInterruptsWhatHasBeenSentButNotHeard() async throws {
        let test = await speaking(played: .milliseconds(700), seconds: 1)
        await test.outbox.wait(for: "response.done")
        #expect(test.outbox.all("response.done").first?.event["response"]["status"] == "completed")
        _ = await feed(try soundOfSpeech(at: 24_000), to: test, until: "conversation.item.truncated")
        let truncated = try #require(test.outbox.all("conversation.item.truncated").first).event
        #expect(truncated["audio_end_ms"].int == 700)
        #expect(test.outbox.all("response.done").count == 1)
    }

    @Test(.enabled(if: Recording.english.exists))
    func speechInterruptsEveryAnswerThatIsNotHeardYet() async throws {
        let test = await speaking(played: .milliseconds(300), seconds: 0.4)
        for count in 2...3 {
            await test.receive(#"{"type":"response.create"}"#)
            await test.outbox.wait(for: "response.done", count: count)
        }
        _ = await feed(try soundOfSpeech(at: 24_000), to: test, until: "conversation.item.truncated")
        #expect(test.outbox.all("conversation.item.truncated").map { $0.event["audio_end_ms"].int } == [300, 0, 0])
    }

    @Test(.enabled(if: Recording.english.exists))
    func speechIsSuspectedAtOnceAndInterruptsOnceItIsConfirmed() async throws {
        let test = await speaking(played: .seconds(1))
        let sound = try soundOfSpeech(at: 24_000)
        let suspected = await feed(sound, to: test, until: "input_audio_buffer.interruption_suspected")
        #expect((try #require(suspected) - 24_000) / 24 <= 100)
        #expect(test.outbox.all("response.done").isEmpty)
        let fed = try #require(suspected)
        let more = await feed(Array(sound[fed...]), to: test, until: "input_audio_buffer.speech_started")
        // Between the 400 ms that are asked for, and the pauses in them.
        #expect((300...600).contains((try #require(more) + fed - 24_000) / 24))
        let start = test.outbox.all("input_audio_buffer.interruption_suspected").first?.event["audio_start_ms"].int
        #expect(test.outbox.all("input_audio_buffer.speech_started").first?.event["audio_start_ms"].int == start)
        #expect(
            test.outbox.all("response.done").first?.event["response"]["status_details"]["reason"] == "turn_detected")
    }

    @Test(.enabled(if: Recording.english.exists))
    func aShortSoundLetsTheAnswerGoOnAndIsNoTurn() async throws {
        let test = await speaking(played: .seconds(1))
        let short = Array(try soundOfSpeech(at: 24_000).prefix(24_000 + 4_800))
        let sound = short + [Int16](repeating: 0, count: 24_000)
        _ = await feed(sound, to: test, until: "input_audio_buffer.interruption_dismissed")
        #expect(test.outbox.all("input_audio_buffer.interruption_suspected").count == 1)
        #expect(test.outbox.all("input_audio_buffer.interruption_dismissed").count == 1)
        _ = await feed([Int16](repeating: 0, count: 24_000), to: test, until: "response.done")
        #expect(test.outbox.all("input_audio_buffer.speech_started").isEmpty)
        #expect(test.outbox.all("response.done").isEmpty)
        await test.session.close()
    }

    @Test(.enabled(if: Recording.english.exists))
    func theResponderHearsAConfirmedTurnFromItsBeginning() async throws {
        let test = await speaking(played: .seconds(1))
        let sound = try soundOfSpeech(at: 24_000) + [Int16](repeating: 0, count: 24_000)
        _ = await feed(sound, to: test, until: "input_audio_buffer.committed")
        let id = try #require(test.outbox.all("input_audio_buffer.committed").first?.event["item_id"].string)
        let item = await test.answer(to: #"{"type":"conversation.item.retrieve","item_id":"\#(id)"}"#)
        let audio = try #require(item.last?.event["item"]["content"][0]["audio"].string)
        let start = try #require(
            test.outbox.all("input_audio_buffer.interruption_suspected").first?.event["audio_start_ms"].int)
        let said = try #require(Data(base64Encoded: audio))
        #expect(said.prefix(48_000) == sound[(start * 24)...].prefix(24_000).withUnsafeBytes { Data($0) })
    }

    @Test(.enabled(if: Recording.english.exists))
    func clearingTheBufferEndsASuspicion() async throws {
        let test = await speaking(played: .seconds(1))
        _ = await feed(try soundOfSpeech(at: 24_000), to: test, until: "input_audio_buffer.interruption_suspected")
        let cleared = await test.answer(to: #"{"type":"input_audio_buffer.clear"}"#)
        #expect(
            cleared.map(\.type).filter { !$0.hasSuffix(".delta") }
                == ["input_audio_buffer.interruption_dismissed", "input_audio_buffer.cleared"])
        await test.session.close()
    }

    @Test(.enabled(if: Recording.english.exists))
    func speechThatMayNotInterruptDoesNot() async throws {
        let test = await speaking(played: .seconds(1), turnDetection: .init(interruptResponse: false))
        _ = await feed(try soundOfSpeech(at: 24_000), to: test, until: "input_audio_buffer.speech_started")
        #expect(test.outbox.all("input_audio_buffer.speech_started").count == 1)
        #expect(test.outbox.all("response.done").isEmpty)
        await test.session.close()
    }
}
