import NIOCore
import Testing

@testable import Load

/// Turns that the server finds.
@Suite(.timeLimit(.minutes(10))) struct HandsFreeTests {
    private func event(_ type: String) -> Wire.Event { Wire.Event(type: type) }

    @Test func timesCountFromTheLastWordAndTheSilence() {
        var script = SessionScript(turns: 1, firstTurn: 0, isHandsFree: true)
        #expect(script.received(event("session.created"), at: .zero) == .configure)
        #expect(script.received(event("session.updated"), at: .zero) == .speak(turn: 0))
        script.fellSilent(at: .seconds(2))
        #expect(script.received(event("input_audio_buffer.committed"), at: .milliseconds(2_530)) == .none)
        #expect(script.stop()?.requested == .milliseconds(2_500))
    }

    @Test func nobodySpeaksTheMomentThatAnAnswerEnds() {
        var script = SessionScript(turns: 1, firstTurn: 0, isHandsFree: true)
        _ = script.received(event("session.created"), at: .zero)
        _ = script.received(event("session.updated"), at: .zero)
        script.fellSilent(at: .zero)
        _ = script.received(event("input_audio_buffer.committed"), at: .zero)
        script.audio(firstSample: 0, samples: 24_000, at: .zero)
        _ = script.frame(0, at: .zero)
        let done = Wire.Event(type: "response.done", response: .init(status: "completed", details: nil))
        guard case .wait(let until, _) = script.received(done, at: .zero) else {
            Issue.record("it does not wait")
            return
        }
        #expect(until == .milliseconds(1_380))
    }

    @Test func aMicrophoneHearsTurnsAndSilenceBetweenThem() {
        var microphone = OpenMicrophone(openedAt: .seconds(1))
        #expect(microphone.next { _ in 2 } == .init(speech: nil, endsTurn: false))
        microphone.begin(turn: 7)
        #expect(microphone.next { _ in 2 } == .init(speech: .init(turn: 7, index: 0), endsTurn: false))
        #expect(microphone.next { _ in 2 } == .init(speech: .init(turn: 7, index: 1), endsTurn: true))
        #expect(microphone.next { _ in 2 } == .init(speech: nil, endsTurn: false))
        #expect(microphone.nextInstant == .milliseconds(1_100), "the fifth piece, whatever the others took")
    }

    /// A tone with an amplitude; 0 for silence.
    private func sound(_ seconds: Double, amplitude: Int16 = 8_000) -> [Int16] {
        (0..<Int(seconds * 24_000)).map { $0 / 50 % 2 == 0 ? amplitude : -amplitude }
    }

    @Test func aRecordingIsCutAtItsPauses() {
        let quiet = sound(0.5, amplitude: 20)
        let gap = sound(0.2, amplitude: 20)
        let recording = quiet + sound(1) + gap + sound(1) + quiet + sound(0.1) + quiet + sound(2) + quiet
        #expect(Phrases.cut(recording, longest: 240_000).map(\.count) == [52_800, 48_000])
        #expect(Phrases.cut(recording, longest: 24_000).allSatisfy { $0.count <= 24_000 })
        #expect(Phrases.cut(sound(1, amplitude: 0), longest: 240_000).isEmpty)
        #expect(Phrases.cut([], longest: 1).isEmpty)
    }

    @Test func theServersAccountIsRead() throws {
        let json = #"{"type":"response.timeline","steps_ms":{"user_stopped":0,"first_frame_sent":540.5},"own_ms":40.5}"#
        let event = try #require(Wire.event(in: .init(string: json)))
        var statistics = LoadStatistics()
        statistics.record(event)
        let plan = LoadPlan(endpoint: try .init("ws://x"), sessions: 1, seconds: 1, speech: [])
        let report = statistics.report(of: plan, seconds: 1, server: nil, client: nil)
        #expect(report.ownShare.map { (40.4...40.6).contains($0.p50) } == true)
        #expect(report.steps.keys.sorted() == ["first_frame_sent", "user_stopped"])
        #expect(report.table.contains("own share"))
    }
}
