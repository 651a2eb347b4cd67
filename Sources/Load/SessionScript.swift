/// Decides what a client of a load test says next.
///
/// It configures its session, then speaks turn after turn: each one when the answer to the one before has been heard,
/// as people do. Hands-free it leaves the server to find out when a turn is over, and to answer. A silent client says
/// nothing at all.
struct SessionScript {
    /// What the shell has to do.
    enum Action: Equatable {
        /// Nothing.
        case none
        /// Send the session's configuration.
        case configure
        /// Send the turn with this number, and commit it; hands-free, say it.
        case speak(turn: Int)
        /// Ask for the answer.
        case ask
        /// Call ``waited()`` then. If an answer is complete, this is how it came.
        case wait(until: Duration, heard: UtteranceTiming?)
    }

    private enum State {
        case connecting
        case configuring
        /// `spoken` is when the last word of the turn was said, hands-free.
        case speaking(spoken: Duration?)
        case listening(UtteranceTiming)
        case pausing
        case over
    }

    /// After a refusal: not to ask the same thing again without end.
    private static let pauseAfterError = Duration.seconds(1)
    /// Hands-free, after an answer: who speaks the moment that it ends interrupts it.
    private static let breath = Duration.milliseconds(300)

    let isHandsFree: Bool
    private let turns: Int
    private var nextTurn: Int
    private var state = State.connecting

    /// - Parameters:
    ///   - turns: how many different turns there are to say; 0 for a silent client.
    ///   - firstTurn: the one to begin with, so that not all clients say the same.
    ///   - isHandsFree: true if the server finds out when turns are over.
    init(turns: Int, firstTurn: Int, isHandsFree: Bool = false) {
        self.turns = turns
        self.isHandsFree = isHandsFree
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
        case (.speaking(let spoken), "input_audio_buffer.committed"):
            // What the user waits for begins when the silence that ends a turn has passed.
            state = .listening(UtteranceTiming(requested: spoken.map { $0 + Wire.silence } ?? now))
            return isHandsFree ? .none : .ask
        case (.listening(let timing), "response.done"):
            state = .pausing
            // What came of a broken answer says nothing about how long a good one takes.
            guard event.isCompletedAnswer else { return .wait(until: now + Self.pauseAfterError, heard: nil) }
            let end = timing.playbackEnd ?? now + Self.pauseAfterError
            return .wait(until: max(now, isHandsFree ? end + Self.breath : end), heard: timing)
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

    /// The turn has been said to its last word, hands-free.
    mutating func fellSilent(at now: Duration) {
        if case .speaking = state { state = .speaking(spoken: now) }
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
        state = .speaking(spoken: nil)
        return .speak(turn: turn)
    }
}
