import Testing

@testable import Load

@Suite(.timeLimit(.minutes(10))) struct SessionScriptTests {
    private func event(_ type: String, status: String? = nil) -> Wire.Event {
        Wire.Event(type: type, error: nil, response: status.map { .init(status: $0, details: nil) })
    }

    private func listening(turns: Int = 2, firstTurn: Int = 0) -> SessionScript {
        var script = SessionScript(turns: turns, firstTurn: firstTurn)
        #expect(script.received(event("session.created"), at: .zero) == .configure)
        #expect(script.received(event("session.updated"), at: .zero) == .speak(turn: firstTurn % turns))
        #expect(script.received(event("conversation.item.added"), at: .zero) == .none)
        #expect(script.received(event("input_audio_buffer.committed"), at: .seconds(1)) == .ask)
        return script
    }

    @Test func theNextTurnComesWhenTheAnswerHasBeenHeard() {
        var script = listening()
        script.audio(firstSample: 0, samples: 24_000, at: .seconds(1))
        _ = script.frame(0, at: .milliseconds(1_100))
        let done = event("response.done", status: "completed")
        guard case .wait(let until, let heard) = script.received(done, at: .milliseconds(1_200)) else {
            Issue.record("it does not wait")
            return
        }
        #expect(until == .milliseconds(2_180), "one second from 80 ms after the first frame")
        #expect(heard?.requested == .seconds(1) && heard?.samples == 24_000 && heard?.frames == 1)
        #expect(script.waited() == .speak(turn: 1))
    }

    @Test func turnsRepeatFromTheBeginning() {
        var script = listening(turns: 2, firstTurn: 3)
        _ = script.received(event("response.done", status: "completed"), at: .seconds(2))
        #expect(script.waited() == .speak(turn: 0))
    }

    @Test func whoeverIsSilentSaysNothing() {
        var script = SessionScript(turns: 0, firstTurn: 5)
        #expect(script.received(event("session.created"), at: .zero) == .none)
        #expect(script.received(event("session.updated"), at: .zero) == .none)
        #expect(script.waited() == .none)
    }

    @Test func afterAnErrorItPauses() {
        var script = listening()
        #expect(script.received(event("error"), at: .seconds(5)) == .wait(until: .seconds(6), heard: nil))
        #expect(script.received(event("response.done", status: "completed"), at: .seconds(5)) == .none)
        #expect(script.waited() == .speak(turn: 1))
    }

    @Test(arguments: ["failed", "cancelled", "incomplete", nil])
    func anAnswerThatWasNotCompletedCountsAsNone(status: String?) {
        var script = listening()
        script.audio(firstSample: 0, samples: 24_000, at: .seconds(1))
        _ = script.frame(0, at: .milliseconds(1_100))
        let done = event("response.done", status: status)
        #expect(script.received(done, at: .seconds(5)) == .wait(until: .seconds(6), heard: nil))
        #expect(script.waited() == .speak(turn: 1))
    }

    @Test func theEndGivesBackWhatWasHeard() {
        var script = listening()
        script.audio(firstSample: 0, samples: 100, at: .seconds(1))
        #expect(script.stop()?.samples == 100)
        #expect(script.stop() == nil)
        #expect(script.waited() == .none)
        #expect(script.frame(0, at: .seconds(2)) == nil)
    }
}
