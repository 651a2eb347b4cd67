import Audio
import Foundation
@testable import Realtime
import TestSupport
import Testing

/// From sound to an answer, without a word from the client.
@Suite(.enabled(if: Recording.english.exists), .timeLimit(.minutes(10))) struct SpokenTurnTests {
    /// Three seconds of speech and one of silence.
    private func turn() throws -> [Int16] {
        try AudioFileReader(Recording.english.url).readAll()[72_000..<144_000]
            + [Int16](repeating: 0, count: 24_000)
    }

    private func feed(_ sound: [Int16], to test: SessionUnderTest, piece: Int = 960) async {
        for start in stride(from: 0, to: sound.count, by: piece) {
            let bytes = sound[start..<min(start + piece, sound.count)].withUnsafeBytes { Data($0) }
            await test.receive(#"{"type":"input_audio_buffer.append","audio":"\#(bytes.base64EncodedString())"}"#)
        }
    }

    @Test func turnIsFoundCommittedAndAnswered() async throws {
        let test = SessionUnderTest()
        await feed([Int16](repeating: 0, count: 24_000) + (try turn()), to: test)
        await test.outbox.wait(for: "response.done")
        let expected = [
            "input_audio_buffer.speech_started", "input_audio_buffer.speech_stopped", "input_audio_buffer.committed",
            "conversation.item.added", "conversation.item.done", "response.created",
        ]
        #expect(test.outbox.types.prefix(6) == expected[...])
        let started = try #require(test.outbox.all("input_audio_buffer.speech_started").first).event
        let stopped = try #require(test.outbox.all("input_audio_buffer.speech_stopped").first).event
        let start = try #require(started["audio_start_ms"].int)
        let end = try #require(stopped["audio_end_ms"].int)
        // Speech lasts from 1.07 to 4 s; 300 ms before it and 500 ms behind it belong to the turn.
        #expect((700...900).contains(start), "\(start)")
        #expect((4450...4700).contains(end), "\(end)")
        let item = try #require(test.outbox.all("conversation.item.added").first).event["item"]
        #expect(started["item_id"] == item["id"] && stopped["item_id"] == item["id"])

        // The user fell silent half a second, the silence, before the turn's end.
        let timeline = try #require(test.outbox.all("response.timeline").first).event
        #expect(timeline["silence_ms"].int == 500)
        #expect(timeline["steps_ms"]["user_stopped"].int == 0)
        #expect((500...520).contains(try #require(timeline["steps_ms"]["turn_committed"].int)))
        #expect(test.metric(#"visavis_response_step_seconds_count{step="first_frame_sent"}"#) == "1")
        #expect(test.metric("visavis_response_own_seconds_count") == "1")

        // The item is the sound between the two, to the sample.
        let id = try #require(item["id"].string)
        let retrieved = await test.answer(to: #"{"type":"conversation.item.retrieve","item_id":"\#(id)"}"#)
        let audio = try #require(retrieved[0].event["item"]["content"][0]["audio"].string)
        let sound = try [Int16](repeating: 0, count: 24_000) + turn()
        let expectedSound = sound[(start * 24)..<(end * 24)].withUnsafeBytes { Data($0) }
        #expect(Data(base64Encoded: audio) == expectedSound)
    }

    @Test(arguments: [1, 241, 4801, 200_000])
    func sizeOfPiecesMakesNoDifference(_ piece: Int) async throws {
        let sound = try Array(turn())
        let test = SessionUnderTest(
            settings: SessionSettings(voice: "slt", turnDetection: .init(createResponse: false), video: .base64))
        let reference = SessionUnderTest(
            settings: SessionSettings(voice: "slt", turnDetection: .init(createResponse: false), video: .base64))
        await feed(Array(sound.prefix(piece == 1 ? 30_000 : sound.count)), to: test, piece: piece)
        await feed(Array(sound.prefix(piece == 1 ? 30_000 : sound.count)), to: reference)
        func positions(_ test: SessionUnderTest) -> [Int?] {
            test.outbox.messages.map { $0.event["audio_start_ms"].int ?? $0.event["audio_end_ms"].int }
        }
        #expect(test.outbox.types == reference.outbox.types)
        #expect(positions(test) == positions(reference))
    }

    @Test(arguments: [20, 400, 1500])
    func steadyNoiseIsNoTurnNorIsUnmutingIt(level: Int16) async {
        let test = SessionUnderTest()
        var random = SeededGenerator(seed: 9)
        let noise = (0..<96_000).map { _ in Int16.random(in: -level...level, using: &random) }
        let muted = [Int16](repeating: 0, count: 36_000)
        for sound in [muted, noise, muted, noise] { await feed(sound, to: test) }
        #expect(test.outbox.types == [])
    }

    @Test func turnLongerThanTheBufferIsCutAndNothingIsLost() async throws {
        let test = SessionUnderTest(
            settings: SessionSettings(voice: "slt", turnDetection: .init(createResponse: false), video: .base64))
        let minute = try AudioFileReader(Recording.english.url).readAll()
        await test.receive(
            #"{"type":"session.update","session":{"audio":{"input":{"turn_detection":{"type":"server_vad","silence_duration_ms":10000}}}}}"#
        )
        for _ in 0..<11 { await feed(Array(minute.prefix(1_440_000)), to: test, piece: 480_000) }
        #expect(test.outbox.all("error").isEmpty)
        #expect(test.outbox.all("input_audio_buffer.speech_stopped").count == 1)
        let first = try #require(test.outbox.all("input_audio_buffer.speech_stopped").first?.event["audio_end_ms"].int)
        let second = try #require(
            test.outbox.all("input_audio_buffer.speech_started").last?.event["audio_start_ms"].int)
        // The next turn follows without a gap.
        #expect(second >= first && second - first < 1500)
    }

    @Test func manualCommitDuringATurnEndsIt() async throws {
        let test = SessionUnderTest()
        await feed(Array(try turn().prefix(48_000)), to: test)
        let commit = await test.answer(to: #"{"type":"input_audio_buffer.commit"}"#)
        #expect(commit.first?.type == "input_audio_buffer.committed")
        #expect(
            commit.first?.event["item_id"]
                == test.outbox.all("input_audio_buffer.speech_started").first?.event["item_id"])
        #expect(await test.session.turn == nil)
    }
}
