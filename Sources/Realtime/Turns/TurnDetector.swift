internal import Audio

/// Finds turns in a sequence of speech probabilities, one for every 10 ms.
///
/// A turn starts when speech outweighs its absence by ``onsetFrames``: fast enough for barge-in, while a click or a
/// flicker of the probability is not enough. It ends after `silenceDurationMs` without speech; a click in that
/// silence does not prolong it.
///
/// Where speech would interrupt somebody, it has to be confirmed first: `interruptionMs` of it, or as much as there is
/// when there is nobody left to interrupt. A cough, or an "uh-huh", is over before.
struct TurnDetector: Sendable {
    /// What was found. Positions are samples since the first one of the session.
    enum Action: Sendable, Equatable {
        /// Somebody may be interrupting: a turn will begin there if what they say is confirmed.
        case interruptionSuspected(atSample: Int)
        /// It was too short for an interruption.
        case interruptionDismissed
        /// A turn begins, padding included.
        case speechStarted(atSample: Int)
        /// The turn is over, with the silence that ended it.
        case speechStopped(atSample: Int)
    }

    private enum State: Equatable {
        /// Nobody speaks. `evidence` is how many frames of speech have outweighed those without; `firstFrame` is the
        /// position of the first of them.
        case silent(evidence: Int, firstFrame: Int)
        /// Somebody may be interrupting, in a turn from `start` on: `speech` frames of it so far, the last of them
        /// `silence` frames ago.
        case confirming(start: Int, speech: Int, silence: Int)
        /// Somebody speaks. `silence` is how long they have not, in frames; `run` how many frames of speech came last.
        case speaking(silence: Int, run: Int)
    }

    /// Samples that one probability stands for: 10 ms.
    static let frameLength = VoiceActivityDetector.hop
    private static let frameMs = SpeechFormat.milliseconds(ofSample: frameLength)
    /// Frames by which speech must outweigh its absence for a turn to start: each one more is 10 ms in which an
    /// interrupted avatar goes on speaking, and the detector has weighed several frames before it says the first.
    private static let onsetFrames = 2
    /// Frames of speech in a row that prolong a turn which seemed to end; a click has fewer.
    private static let resumeFrames = 3
    /// Silence after which what was said was too short to interrupt: longer than the pauses within a word or between two.
    private static let dismissalFrames = 30
    /// Speech ends at a lower probability than it starts with, so that it does not flicker at the threshold; at half of
    /// a low threshold, so that it ends at all.
    private var endThreshold: Double { max(settings.threshold - 0.15, settings.threshold / 2) }

    var settings: TurnDetectionSettings
    private var state = State.silent(evidence: 0, firstFrame: 0)

    init(_ settings: TurnDetectionSettings) {
        self.settings = settings
    }

    /// Takes the probability that the 10 ms which end at `position` are speech.
    /// - Parameter interrupts: true if speech interrupts somebody now.
    mutating func process(_ probability: Float, endingAt position: Int, interrupts: Bool = false) -> Action? {
        switch state {
        case .silent(let evidence, let firstFrame):
            guard Double(probability) >= settings.threshold else {
                state = .silent(evidence: max(evidence - 1, 0), firstFrame: firstFrame)
                return nil
            }
            let first = evidence == 0 ? position - Self.frameLength : firstFrame
            guard evidence + 1 >= Self.onsetFrames else {
                state = .silent(evidence: evidence + 1, firstFrame: first)
                return nil
            }
            let start = max(first - SpeechFormat.samples(inMilliseconds: settings.prefixPaddingMs), 0)
            guard interrupts, settings.interruptionMs > 0 else {
                state = .speaking(silence: 0, run: evidence + 1)
                return .speechStarted(atSample: start)
            }
            state = .confirming(start: start, speech: evidence + 1, silence: 0)
            return .interruptionSuspected(atSample: start)

        case .confirming(let start, let speech, let silence):
            let isSpeech = Double(probability) >= endThreshold
            let (speech, silence) = isSpeech ? (speech + 1, 0) : (speech, silence + 1)
            if !interrupts || speech * Self.frameMs >= settings.interruptionMs {
                state = .speaking(silence: silence, run: isSpeech ? Self.resumeFrames : 0)
                return .speechStarted(atSample: start)
            }
            state = .confirming(start: start, speech: speech, silence: silence)
            guard silence >= Self.dismissalFrames else { return nil }
            reset()
            return .interruptionDismissed

        case .speaking(let silence, let run):
            guard Double(probability) < endThreshold else {
                // Long enough to be speech, or a click that changes nothing.
                state = .speaking(silence: run + 1 >= Self.resumeFrames ? 0 : silence + 1, run: run + 1)
                return nil
            }
            state = .speaking(silence: silence + 1, run: 0)
            guard (silence + 1) * Self.frameMs >= settings.silenceDurationMs else { return nil }
            reset()
            return .speechStopped(atSample: position)
        }
    }

    /// Ends a turn from outside: its sound was committed or cleared.
    mutating func reset() {
        state = .silent(evidence: 0, firstFrame: 0)
    }
}
