import Audio
import Batching
import Foundation
@testable import Realtime
import Responders
import Synchronization
import Testing

@Suite("Clients of OpenAI's protocol, who ask for no picture", .timeLimit(.minutes(10))) struct VoiceSessionTests {
    private static let plain = SessionSettings(voice: "slt")

    @Test func whoDoesNotAskForThePictureGetsNone() async throws {
        let places = SpeakingPlaces(Admission(fps: 25, headroom: 1, speakingShare: 1))
        places.setCapacity(25)
        let taken = (try places.connect(), try places.take())
        let test = SessionUnderTest(settings: Self.plain, places: [places])
        await test.session.start()
        let session = try #require(test.outbox.messages.first).event["session"]
        #expect(!session.has("video") && !session.has("avatar"))
        await test.ask()
        await test.outbox.wait(for: "response.done")
        #expect(test.outbox.all("response.done").first?.event["response"]["status"] == "completed")
        #expect(test.outbox.all("response.output_audio.delta").flatMap(\.samples).count == 48_000)
        #expect(!test.outbox.types.contains { $0.contains("video") || $0.contains("timeline") })
        #expect(test.performer.starts.withLock { $0.isEmpty })

        // Who asks later takes a place then, and is told if there is none.
        let refused = await test.answer(to: #"{"type":"session.update","session":{"video":{"transport":"base64"}}}"#)
        #expect(refused.last?.event["error"]["code"] == "capacity_exceeded")
        withExtendedLifetime(taken) {}
    }

    @Test(arguments: [AudioFormat.muLaw, .aLaw]) func telephonesAreUnderstood(format: AudioFormat) async throws {
        let law = try #require(format.law)
        let tone = (0..<24_000).map { Int16(8000 * sin(Double($0) * 2 * .pi * 440 / 24_000)) }
        let downsampler = try Resampler(from: 24_000, to: 8000)
        let sent = law.encode(try downsampler.resample(tone) + downsampler.finish())
        let test = SessionUnderTest(
            settings: SessionSettings(voice: "slt", turnDetection: nil), responder: EchoResponder())
        let sound = #"{"format":{"type":"\#(format.rawValue)"}}"#
        let updated = await test.answer(
            to: #"{"type":"session.update","session":{"audio":{"input":\#(sound),"output":\#(sound)}}}"#)
        #expect(updated[0].event["session"]["audio"]["input"]["format"] == .object(["type": .string(format.rawValue)]))
        for start in stride(from: 0, to: sent.count, by: 800) {
            let piece = Data(sent[start..<min(start + 800, sent.count)]).base64EncodedString()
            await test.receive(#"{"type":"input_audio_buffer.append","audio":"\#(piece)"}"#)
        }
        await test.receive(#"{"type":"input_audio_buffer.commit"}"#)
        await test.receive(#"{"type":"response.create"}"#)
        await test.outbox.wait(for: "response.done")
        let heard = test.outbox.all("response.output_audio.delta").flatMap { delta in
            Data(base64Encoded: delta.event["delta"].string ?? "").map(Array.init) ?? []
        }
        // A byte for each sample at 8 kHz, but for what the filter of the way in still holds; and the same tone.
        #expect((7950...8000).contains(heard.count))
        let (original, echo) = (law.decode(sent), law.decode(heard))
        let error = zip(original, echo).dropFirst(200).map { Double($0) - Double($1) }
        let power = error.prefix(7000).reduce(0) { $0 + $1 * $1 } / 7000
        #expect(power.squareRoot() < 400)
    }

    @Test func whatIsNotHeardYetCanBeCleared() async throws {
        let test = SessionUnderTest(leaps: false, settings: Self.plain)
        let nothing = await test.answer(to: #"{"type":"output_audio_buffer.clear"}"#)
        #expect(nothing.last?.event["error"]["code"] == "response_cancel_not_active")
        await test.ask()
        await test.outbox.wait(for: "response.output_audio.delta")
        let cleared = await test.answer(to: #"{"type":"output_audio_buffer.clear"}"#)
        #expect(cleared.contains { $0.type == "response.done" })
        #expect(cleared.last?.type == "output_audio_buffer.cleared")
        #expect(cleared.last?.event["response_id"] == test.outbox.all("response.created")[0].event["response"]["id"])
    }

    @Test func wordsOfTheUserAreToldToWhoWantsToKnow() async throws {
        let test = SessionUnderTest(settings: SessionSettings(voice: "slt", turnDetection: nil))
        await test.receive(#"{"type":"input_audio_buffer.append","audio":"AQACAA=="}"#)
        await test.receive(#"{"type":"input_audio_buffer.commit"}"#)
        let id = try #require(test.outbox.all("conversation.item.added").first).event["item"]["id"].string ?? ""
        let before = test.outbox.messages.count
        await test.session.take(.transcribed(itemID: id, text: "Hello"))
        #expect(test.outbox.messages.count == before)

        await test.receive(#"{"type":"session.update","session":{"audio":{"input":{"transcription":{"model":"x"}}}}}"#)
        await test.session.take(.transcript(itemID: id, delta: "Hel"))
        await test.session.take(.transcribed(itemID: id, text: "Hello"))
        await test.session.take(.transcriptionFailed(itemID: id, reason: "no"))
        let kind = "conversation.item.input_audio_transcription"
        #expect(test.outbox.types.suffix(3) == ["\(kind).delta", "\(kind).completed", "\(kind).failed"])
        #expect(test.outbox.all("\(kind).completed")[0].event["transcript"] == "Hello")
        #expect(test.outbox.all("\(kind).completed")[0].event["usage"]["type"] == "duration")
    }

    @Test func troublesBehindAreTold() async throws {
        let test = SessionUnderTest(settings: Self.plain)
        await test.session.take(.unreachable(reason: "The key was refused.", retry: .seconds(2)))
        let error = try #require(test.outbox.messages.last).event["error"]
        #expect(error["code"] == "responder_unreachable" && error["retry_after_ms"].int == 2000)
        await test.session.take(
            .rateLimits([RateLimit(name: "requests", limit: 10, remaining: 9, resetSeconds: 0.5)]))
        #expect(test.outbox.messages.last?.event["rate_limits"][0]["remaining"].int == 9)
        await test.session.take(.reachable)
        #expect(test.outbox.types.last == "rate_limits.updated")
    }

    @Test func clientsMadeForOpenAIFindTheirVoices() async throws {
        let test = SessionUnderTest(settings: Self.plain)
        let updated = await test.answer(
            to:
                #"{"type":"session.update","session":{"audio":{"input":{"turn_detection":{"type":"semantic_vad","eagerness":"high"}},"output":{"voice":"marin"}}}}"#
        )
        #expect(updated[0].event["session"]["audio"]["output"]["voice"] == "slt")
        #expect(updated[0].event["session"]["audio"]["input"]["turn_detection"]["silence_duration_ms"].int == 400)
    }
}
