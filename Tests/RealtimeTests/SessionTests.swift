import Foundation
@testable import Realtime
import Responders
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(10))) struct SessionTests {
    @Test func firstEventDescribesTheSession() async throws {
        let test = SessionUnderTest()
        await test.session.start()
        let event = try #require(test.outbox.messages.first?.event)
        #expect(event["type"] == "session.created")
        let session = event["session"]
        #expect(session["type"] == "realtime")
        #expect(session["id"].string == test.session.id)
        #expect(session["output_modalities"] == .array(["audio"]))
        #expect(session["avatar"]["id"] == "test")
        #expect(session["avatar"]["codec"] == "avc1.42C01F")
        #expect(session["avatar"]["idle_url"] == "/v1/avatars/test/idle")
        #expect(session["video"]["transport"] == "base64")
        #expect(session["audio"]["input"]["format"] == .object(["type": "audio/pcm", "rate": .number(24_000)]))
        #expect(session["audio"]["input"]["turn_detection"]["type"] == "server_vad")
        #expect(session["audio"]["input"]["turn_detection"]["silence_duration_ms"].int == 500)
        #expect(session["audio"]["output"]["voice"] == "slt")
    }

    @Test func updateChangesWhatItNamesAndNothingElse() async throws {
        let test = SessionUnderTest()
        let first = await test.answer(
            to: #"{"type":"session.update","session":{"audio":{"output":{"voice":"rms"}},"instructions":"hi"}}"#)
        #expect(first.map(\.type) == ["session.updated"])
        #expect(first[0].event["session"]["audio"]["output"]["voice"] == "rms")
        #expect(first[0].event["session"]["audio"]["input"]["turn_detection"]["threshold"] == .number(0.5))

        let second = await test.answer(
            to: #"{"type":"session.update","session":{"audio":{"input":{"turn_detection":null}}}}"#)
        let input = try #require(second.first).event["session"]["audio"]["input"]
        #expect(input.has("turn_detection") && input["turn_detection"] == .null)
        #expect(second[0].event["session"]["instructions"] == "hi")
    }

    @Test func updateIsAppliedAsAWholeOrNotAtAll() async {
        let test = SessionUnderTest()
        let answer = await test.answer(
            to:
                #"{"type":"session.update","event_id":"e1","session":{"instructions":"x","audio":{"output":{"voice":"nobody"}}}}"#
        )
        #expect(answer.map(\.type) == ["error"])
        #expect(answer[0].event["error"]["param"] == "session.audio.output.voice")
        #expect(answer[0].event["error"]["event_id"] == "e1")
        let update = await test.answer(to: #"{"type":"session.update","session":{}}"#)
        #expect(update[0].event["session"]["instructions"] == "")
    }

    @Test(arguments: VideoTransport.allCases)
    func typedTurnIsAnswered(_ transport: VideoTransport) async throws {
        let test = SessionUnderTest(settings: SessionSettings(voice: "slt", video: transport))
        await test.ask()
        await test.outbox.wait(for: "response.done")

        let events = test.outbox.types.filter { !$0.hasSuffix(".delta") }
        #expect(
            events == [
                "conversation.item.added", "conversation.item.done", "response.created",
                "response.output_item.added", "conversation.item.added", "response.content_part.added",
                "response.timeline", "response.output_audio.done", "response.output_audio_transcript.done",
                "response.output_video.done",
                "response.content_part.done", "conversation.item.done", "response.output_item.done", "response.done",
            ])
        let samples = test.outbox.all("response.output_audio.delta").flatMap(\.samples)
        #expect(samples == (0..<48_000).map { Int16(truncatingIfNeeded: $0) })
        #expect(test.outbox.all("response.output_video.delta").count == 50)
        #expect(test.outbox.all("response.output_video.done").first?.event["frames"].int == 50)
        #expect(
            test.outbox.all("response.output_audio_transcript.delta").compactMap(\.event["delta"].string).joined()
                == "Hello there, how are you?")
        let response = try #require(test.outbox.all("response.done").first).event["response"]
        #expect(response["status"] == "completed")
        #expect(response["output"][0]["content"][0]["transcript"] == "Hello there, how are you?")
        #expect(response["output"][0]["content"][0]["type"] == "output_audio")
        #expect(test.outbox.messages.filter { $0.message.isBinary }.isEmpty == (transport == .base64))
    }

    @Test func nothingRunsFartherAheadThanThePacerAllows() async throws {
        let test = SessionUnderTest(pieces: ScriptedResponder.speech(seconds: 20, pieceLength: 11_111))
        await test.ask()
        await test.outbox.wait(for: "response.done")
        let pacer = Pacer(start: .zero)
        var samples = 0
        var frames = 0
        for message in test.outbox.messages {
            switch message.type {
            case "response.output_audio.delta":
                #expect(message.time >= pacer.instant(toSend: samples))
                samples += message.samples.count
            case "response.output_video.delta":
                frames += 1
                // A frame never overtakes the sound that it belongs to.
                #expect(samples >= min(frames * 960, 480_000))
            default: break
            }
        }
        #expect(samples == 480_000 && frames == 500)
        // What comes first leaves at once: 400 ms of sound and its frames.
        let atOnce = test.outbox.messages.filter { $0.time == .zero }
        #expect(atOnce.count { $0.type == "response.output_audio.delta" } >= 1)
    }

    @Test func manualTurnIsCommittedAndAnswered() async throws {
        let heard = Mutex<[Conversation]>([])
        let test = SessionUnderTest(
            settings: SessionSettings(voice: "slt", turnDetection: nil, video: .base64),
            onRespond: { conversation in heard.withLock { $0.append(conversation) } })
        await test.receive(#"{"type":"input_audio_buffer.append","audio":"AQACAA=="}"#)
        let binary = [UInt8]([3, 0]).withUnsafeBytes { BinaryMessage(kind: .audio).encoded(with: $0) }
        await test.session.receive(binary: binary)
        #expect(test.outbox.messages.isEmpty)

        let commit = await test.answer(to: #"{"type":"input_audio_buffer.commit"}"#)
        #expect(
            commit.map(\.type) == [
                "input_audio_buffer.committed", "conversation.item.added", "conversation.item.done",
            ])
        let itemID = try #require(commit[0].event["item_id"].string)
        #expect(commit[1].event["item"]["id"].string == itemID)
        #expect(commit[1].event["item"]["content"][0] == .object(["type": "input_audio"]))

        let retrieved = await test.answer(to: #"{"type":"conversation.item.retrieve","item_id":"\#(itemID)"}"#)
        #expect(retrieved[0].event["item"]["content"][0]["audio"] == "AQACAAMA")

        await test.receive(#"{"type":"response.create","response":{"audio":{"output":{"voice":"rms"}}}}"#)
        await test.outbox.wait(for: "response.done")
        let conversation = try #require(heard.withLock { $0.first })
        #expect(conversation.turns == [Turn(id: itemID, speaker: .user, speech: [1, 2, 3])])
        #expect(conversation.voice == "rms")
    }

    @Test func bufferIsClearedAndEmptyCommitRefused() async {
        let test = SessionUnderTest(settings: SessionSettings(voice: "slt", turnDetection: nil, video: .base64))
        await test.receive(#"{"type":"input_audio_buffer.append","audio":"AQACAA=="}"#)
        #expect(
            await test.answer(to: #"{"type":"input_audio_buffer.clear"}"#).map(\.type) == ["input_audio_buffer.cleared"]
        )
        let commit = await test.answer(to: #"{"type":"input_audio_buffer.commit","event_id":"c"}"#)
        #expect(commit.map(\.type) == ["error"])
        #expect(commit[0].event["error"]["code"] == "input_audio_buffer_commit_empty")
        #expect(commit[0].event["error"]["type"] == "invalid_request_error")
        #expect(commit[0].event["error"]["event_id"] == "c")
    }

    @Test func itemsComeAndGo() async {
        let test = SessionUnderTest()
        let item = #"{"id":"mine","type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]}"#
        let added = await test.answer(to: #"{"type":"conversation.item.create","item":\#(item)}"#)
        #expect(added.map(\.type) == ["conversation.item.added", "conversation.item.done"])
        #expect(added[1].event["item"]["content"][0]["text"] == "Hi")
        let again = await test.answer(to: #"{"type":"conversation.item.create","item":\#(item)}"#)
        #expect(again[0].event["error"]["code"] == "item_already_exists")
        let deleted = await test.answer(to: #"{"type":"conversation.item.delete","item_id":"mine"}"#)
        #expect(deleted.map(\.type) == ["conversation.item.deleted"])
        let gone = await test.answer(to: #"{"type":"conversation.item.retrieve","item_id":"mine"}"#)
        #expect(gone[0].event["error"]["code"] == "item_not_found")
    }

    @Test func secondResponseIsRefusedAndTheFirstGoesOn() async throws {
        let test = SessionUnderTest(leaps: false, pieces: ScriptedResponder.speech(seconds: 1))
        await test.ask()
        await test.outbox.wait(for: "response.output_video.delta")
        await test.receive(#"{"type":"response.create","event_id":"again"}"#)
        let error = try #require(test.outbox.all("error").first).event["error"]
        #expect(error["code"] == "conversation_already_has_active_response")
        #expect(error["event_id"] == "again")
        let ticking = test.clock.tick()
        await test.outbox.wait(for: "response.done")
        ticking.cancel()
        #expect(test.outbox.all("response.done").first?.event["response"]["status"] == "completed")
    }

    @Test(arguments: [EchoResponder(), SpeakResponder(), AutoResponder()] as [any Responder])
    func whoOnlyRepeatsHasNothingToAnswerInAnEmptyConversation(responder: any Responder) async throws {
        let test = SessionUnderTest(responder: responder)
        await test.receive(#"{"type":"response.create"}"#)
        await test.outbox.wait(for: "response.done")
        let response = try #require(test.outbox.all("response.done").first).event["response"]
        #expect(response["status"] == "failed" && response["output"] == .array([]))
        #expect(response["status_details"]["error"]["code"] == "nothing_to_answer")
        #expect(response["status_details"]["error"]["message"].string?.contains("add a conversation item") == true)
        #expect(!test.outbox.types.contains("error"))
    }

    @Test func anEmptyConversationCanBeOpenedByTheAvatar() async throws {
        let test = SessionUnderTest()
        await test.receive(#"{"type":"response.create"}"#)
        await test.outbox.wait(for: "response.done")
        let response = try #require(test.outbox.all("response.done").first).event["response"]
        #expect(response["status"] == "completed")
        #expect(response["output"][0]["content"][0]["transcript"] == "Hello there, how are you?")
    }

    @Test func nothingToCancel() async {
        let test = SessionUnderTest()
        let cancel = await test.answer(to: #"{"type":"response.cancel"}"#)
        #expect(cancel[0].event["error"]["code"] == "response_cancel_not_active")
        #expect(cancel[0].event["error"]["message"] == "There is no response to cancel.")
        let named = await test.answer(to: #"{"type":"response.cancel","response_id":"r"}"#)
        #expect(named[0].event["error"]["message"] == "Response “r” is not being given: nothing to cancel.")
    }

    @Test func responderThatFailsFailsTheResponseAndNotTheSession() async throws {
        let test = SessionUnderTest(failure: .voiceFailed(voice: "slt", reason: "no breath"))
        await test.ask()
        await test.outbox.wait(for: "response.done")
        let response = try #require(test.outbox.all("response.done").first).event["response"]
        #expect(response["status"] == "failed")
        #expect(response["status_details"]["error"]["message"].string?.contains("no breath") == true)
        #expect(response["output"][0]["status"] == "incomplete")
        await test.ask()
        await test.outbox.wait(for: "response.done", count: 2)
    }

    @Test func engineThatFailsFailsTheResponse() async throws {
        let test = SessionUnderTest(failingFrame: 10)
        await test.ask()
        await test.outbox.wait(for: "response.done")
        let response = try #require(test.outbox.all("response.done").first).event["response"]
        #expect(response["status"] == "failed")
        #expect(response["status_details"]["error"]["message"].string?.contains("the engine broke") == true)
        #expect(test.outbox.all("response.output_video.delta").count == 10)
    }

    @Test func droppedFrameIsFollowedByAKeyframe() async {
        let test = SessionUnderTest(
            outcome: { _, message in
                // The connection drops the first frame that is not a keyframe.
                message.kind == .video(isKeyframe: false) ? .droppedUntilKeyframe : .queued
            })
        await test.ask()
        await test.outbox.wait(for: "response.done")
        let keyframes = test.outbox.all("response.output_video.delta").map { $0.event["keyframe"].bool }
        #expect(keyframes.prefix(5) == [true, false, true, false, true])
    }

    @Test func utteranceIsPaintedWhereTheIdleClipWillBe() async {
        let test = SessionUnderTest(leaps: false)
        await test.receive(#"{"type":"video.position","frame":100}"#)
        test.clock.advance(by: .milliseconds(400))
        await test.ask()
        await test.outbox.wait(for: "response.output_video.delta")
        // 10 frames later, and 3 more until the client shows it.
        #expect(test.performer.starts.withLock { $0 } == [113])
        #expect(test.outbox.all("response.output_video.delta").first?.event["base_frame"].int == 113)
        let error = await test.answer(to: #"{"type":"video.position","frame":250}"#)
        #expect(error.first?.event["error"]["param"] == "frame")
        await test.session.close()
    }

    @Test(arguments: ClientEventTests.bad)
    func sessionOutlivesABadEvent(_ bad: ClientEventTests.Bad) async {
        let test = SessionUnderTest()
        let answer = await test.answer(to: bad.json)
        #expect(answer.map(\.type) == ["error"])
        let error = answer[0].event["error"]
        #expect(error["code"].string == bad.code.rawValue && error["param"].string == bad.param)
        // Every field is there, null or not.
        #expect(["type", "code", "message", "param", "event_id"].allSatisfy(error.has))
        let next = await test.answer(to: #"{"type":"session.update","session":{}}"#)
        #expect(next.map(\.type) == ["session.updated"])
    }

    @Test func badBinaryMessageIsAnswered() async {
        let test = SessionUnderTest()
        await test.session.receive(binary: Array("text instead of audio".utf8))
        #expect(test.outbox.messages.first?.event["error"]["code"] == "invalid_binary_message")
    }

    @Test func draining() async throws {
        let test = SessionUnderTest(leaps: false, pieces: ScriptedResponder.speech(seconds: 1))
        await test.ask()
        await test.outbox.wait(for: "response.output_video.delta")
        let drained = Mutex(false)
        let draining = Task {
            await test.session.drain()
            drained.withLock { $0 = true }
        }
        while await !test.session.isDraining { try await Task.sleep(for: .milliseconds(1)) }
        let refused = await test.answer(to: #"{"type":"response.create"}"#)
        #expect(refused.contains { $0.event["error"]["code"] == "server_draining" })
        #expect(!drained.withLock { $0 })
        let ticking = test.clock.tick()
        await withTaskCancellationHandler {
            await draining.value
        } onCancel: {
            Task { await test.session.close() }  // Out of time: nothing is left to wait for.
        }
        ticking.cancel()
        // The utterance was finished and heard to its end.
        #expect(test.outbox.all("response.done").first?.event["response"]["status"] == "completed")
        #expect(test.clock.now >= .seconds(1))
    }

    @Test func drainingASilentSessionTakesNoTime() async {
        await SessionUnderTest(leaps: false).session.drain()
    }

    @Test func connectionThatIsGoneIsNotWorkedFor() async {
        let test = SessionUnderTest(
            leaps: false, pieces: ScriptedResponder.speech(seconds: 10),
            outcome: { number, _ in number == 8 ? .closed : .queued })
        await test.ask()
        await test.outbox.wait { $0.count > 8 }
        await test.session.drain()
        let count = test.outbox.messages.count
        await test.receive(#"{"type":"session.update","session":{}}"#)
        #expect(test.outbox.messages.count == count && count == 9)
    }

    @Test func closingStopsEverything() async {
        let test = SessionUnderTest(leaps: false, pieces: ScriptedResponder.speech(seconds: 10))
        await test.ask()
        await test.outbox.wait(for: "response.output_video.delta")
        await test.session.close()
        let done = test.outbox.all("response.done")
        #expect(done.map { $0.event["response"]["status"] } == ["cancelled"])
        let count = test.outbox.messages.count
        await test.ask()
        await test.session.drain()
        #expect(test.outbox.messages.count == count)
    }

    @Test func twoHundredSessionsLeaveNothingBehind() async throws {
        let references = await withTaskGroup(of: WeakSession.self) { group in
            for index in 0..<200 {
                group.addTask { await Self.visit(speaking: index.isMultiple(of: 2)) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        // Their tasks end on their own; one that does not runs into the time limit.
        while references.contains(where: { $0.session != nil }) { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// A client that connects and leaves, in the middle of an utterance or without having asked for one.
    private static func visit(speaking: Bool) async -> WeakSession {
        let test = SessionUnderTest(leaps: false, pieces: ScriptedResponder.speech(seconds: 5))
        await test.session.start()
        if speaking {
            await test.ask()
            await test.outbox.wait(for: "response.output_audio.delta")
        }
        let silence = Data(count: 9600).base64EncodedString()
        await test.receive(#"{"type":"input_audio_buffer.append","audio":"\#(silence)"}"#)
        await test.session.close()
        await test.session.drain()
        return WeakSession(session: test.session)
    }

    private struct WeakSession: Sendable {
        weak let session: RealtimeSession?
    }
}
