/// Decides what a client of a load test says next.
///
/// It configures its session, then speaks turn after turn: each one when the answer to the one before has been heard,
/// as people do. A silent client says nothing at all.
struct SessionScript {
    /// What the shell has to do.
    enum Action: Equatable {
        /// Nothing.
        case none
        /// Send the session's configuration.
        case configure
        /// Send the turn with this number, and commit it.
        case speak(turn: Int)
        /// Ask for the answer.
        case ask
        /// Call ``waited()`` then. If an answer is complete, this is how it came.
        case wait(until: Duration, heard: UtteranceTiming?)
    }

    private enum State {
        case connecting
        case configuring
        case speaking
        case listening(UtteranceTiming)
        case pausing
        case over
    }

    /// After a refusal: not to ask the same thing again without end.
    private static let pauseAfterError = Duration.seconds(1)

    private let turns: Int
    private var nextTurn: Int
    private var state = State.connecting

    /// - Parameters:
    ///   - turns: how many different turns there are to say; 0 for a silent client.
    ///   - firstTurn: the one to begin with, so that not all clients say the same.
    init(turns: Int, firstTurn: Int) {
        self.turns = turns
        nextTurn = turns == 0 ? 0 : firstTurn % turns
    }

    /// An event of the server comes at `now`.
    mutating func received(_ event: Wire.Event, at now: Duration) -> Action {
        switch (state, event.type) {
        case (.connecting, "session.created") where turns > 0:
            state = .configuring
            return .configure
        case (.configuring, "session.updated"):
            return speak()
        case (.speaking, "input_audio_buffer.committed"):
            state = .listening(UtteranceTiming(requested: now))
            return .ask
        case (.listening(let timing), "response.done"):
            state = .pausing
            // What came of a broken answer says nothing about how long a good one takes.
            guard event.isCompletedAnswer else { return .wait(until: now + Self.pauseAfterError, heard: nil) }
            return .wait(until: max(now, timing.playbackEnd ?? now + Self.pauseAfterError), heard: timing)
        case (.speaking, "error"), (.listening, "error"):
            state = .pausing
            return .wait(until: now + Self.pauseAfterError, heard: nil)
        default:
            return .none
        }
    }

    /// The time has come that ``Action/wait(until:heard:)`` named.
    mutating func waited() -> Action {
        guard case .pausing = state else { return .none }
        return speak()
    }

    /// Sound comes at `now`.
    mutating func audio(firstSample: Int, samples: Int, at now: Duration) {
        guard case .listening(var timing) = state else { return }
        timing.audio(firstSample: firstSample, samples: samples, at: now)
        state = .listening(timing)
    }

    /// A frame comes at `now`; nil if it belongs to no answer that was asked for.
    mutating func frame(_ index: Int, at now: Duration) -> UtteranceTiming.Arrival? {
        guard case .listening(var timing) = state else { return nil }
        let arrival = timing.frame(index, at: now)
        state = .listening(timing)
        return arrival
    }

    /// The test is over, or the connection: returns what was heard of an utterance that was not finished.
    mutating func stop() -> UtteranceTiming? {
        defer { state = .over }
        guard case .listening(let timing) = state else { return nil }
        return timing
    }

    private mutating func speak() -> Action {
        let turn = nextTurn
        nextTurn = (nextTurn + 1) % turns
        state = .speaking
        return .speak(turn: turn)
    }
}
