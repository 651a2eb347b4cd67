import Audio
import Avatars
import Foundation
import LipSync
@testable import Realtime
import Responders
import TestSupport
import Testing

/// Whole sessions: real speech, a real responder, the real avatar.
@Suite(.serialized, .timeLimit(.minutes(10))) struct RealAvatarTests {
    private static let performer = Task {
        Performer(
            avatar: try await AvatarLibrary().load("mira"), engine: VisemeEngine(try LipNetwork()),
            studio: FrameStudio())
    }

    private func session(_ outbox: RecordingOutbox, clock: any SessionClock) async throws -> RealtimeSession {
        RealtimeSession(
            performer: try await Self.performer.value, responder: AutoResponder(),
            voices: Set(VoiceCatalog.standard.voices.map(\.name)),
            settings: SessionSettings(voice: VoiceCatalog.defaultVoice, video: .binary), outbox: outbox,
            clock: clock)
    }

    @Test func typedTextIsSpokenInSoundAndPicture() async throws {
        let clock = TestClock(leaps: true)
        let outbox = RecordingOutbox(clock: clock)
        let session = try await session(outbox, clock: clock)
        await session.start()
        await session.receive(text: Array(#"{"type":"video.position","frame":240}"#.utf8))
        for event in [
            #"{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"Good morning. 你好。"}]}}"#,
            #"{"type":"response.create"}"#,
        ] { await session.receive(text: Array(event.utf8)) }
        await outbox.wait(for: "response.done")

        #expect(outbox.all("response.done").first?.event["response"]["status"] == "completed")
        let samples = outbox.all("response.output_audio.delta").flatMap(\.samples)
        let frames = outbox.all("response.output_video.delta").map(\.event)
        #expect(samples.count > 24_000 && frames.count == FrameTiming.frameCount(ofSamples: samples.count))
        #expect(frames.first?["keyframe"].bool == true)
        let clip = try await Self.performer.value.avatar.frameCount
        #expect(frames.map { $0["base_frame"].int } == frames.indices.map { ($0 + 243) % clip })
        let session0 = outbox.all("session.created").first?.event["session"]
        #expect(session0?["avatar"]["id"] == "mira")
        #expect(session0?["avatar"]["codec"].string?.hasPrefix("avc1.42C0") == true)
    }

    @Test(.enabled(if: Recording.english.exists))
    func severalSessionsSpeakAtOnceAndEachHearsItself() async throws {
        let speech = try AudioFileReader(Recording.english.url).readAll()
        try await withThrowingTaskGroup { group in
            for index in 0..<4 {
                group.addTask {
                    let said = Array(speech[(72_000 + index * 24_000)..<(108_000 + index * 24_000)])
                    let clock = MonotonicClock()
                    let outbox = RecordingOutbox(clock: clock)
                    let session = try await session(outbox, clock: clock)
                    let manual = #"{"type":"session.update","session":{"audio":{"input":{"turn_detection":null}}}}"#
                    await session.receive(text: Array(manual.utf8))
                    await session.receive(
                        binary: said.withUnsafeBytes { BinaryMessage(kind: .audio).encoded(with: $0) })
                    for type in ["input_audio_buffer.commit", "response.create"] {
                        await session.receive(text: Array(#"{"type":"\#(type)"}"#.utf8))
                    }
                    await outbox.wait(for: "response.done")
                    #expect(outbox.all("response.output_audio.delta").flatMap(\.samples) == said)
                    #expect(outbox.all("response.output_video.delta").count == 38)
                }
            }
            try await group.waitForAll()
        }
    }
}
