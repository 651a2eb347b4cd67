internal import LipSync

/// The picture of a response, from the side of who sends it: which frame is due when.
struct Film: Sendable {
    /// How long the client waits for the first frame: after that it gets one whose mouth is still closed.
    static let firstFramePatience = Duration.milliseconds(500)
    /// How long after the first sound and the first frame a client begins to play (docs/protocol.md, Time).
    private static let startUpBuffer = Duration.milliseconds(80)

    private(set) var sentFrames = 0
    /// When frame 0 was sent: playback does not start before it.
    private var firstFrameInstant: Duration?
    /// Speech that has not been given to the utterance yet.
    private var unfilmedSpeech: [[Int16]] = []
    private let mayGoOn: AsyncStream<Void>.Continuation

    /// - Parameter mayGoOn: told whenever a frame that had to wait for speech might be possible.
    init(mayGoOn: AsyncStream<Void>.Continuation) {
        self.mayGoOn = mayGoOn
    }

    /// Takes speech that is to be filmed.
    mutating func append(_ speech: [Int16]) {
        unfilmedSpeech.append(speech)
        wake()
    }

    /// Says that there is more speech, or more of it was sent, or no more follows.
    func wake() { mayGoOn.yield() }

    /// What whoever makes the frames has to do next.
    struct Step: Sendable {
        enum Action: Sendable, Equatable {
            /// It is shown so long from now, or should have been.
            case makeFrame(within: Duration)
            case wait(until: Duration)
            case waitForSpeech
            case complete
        }

        /// Speech to be given to the utterance first.
        var speech: [[Int16]]
        /// True if no speech follows it.
        var hasAllSpeech: Bool
        var action: Action
    }

    /// What whoever makes the frames has to do at `now`. A frame never overtakes its sound.
    mutating func nextStep(at now: Duration, of speech: SpeechProgress) -> Step {
        defer { unfilmedSpeech = [] }
        return Step(
            speech: unfilmedSpeech, hasAllSpeech: speech.isComplete, action: nextAction(at: now, of: speech))
    }

    private func nextAction(at now: Duration, of speech: SpeechProgress) -> Step.Action {
        let frameEnd = (sentFrames + 1) * FrameTiming.samplesPerFrame
        if speech.isComplete {
            guard sentFrames < FrameTiming.frameCount(ofSamples: speech.sampleCount) else { return .complete }
        }
        let soundIsOut = speech.sentSamples >= (speech.isComplete ? min(frameEnd, speech.sampleCount) : frameEnd)
        guard soundIsOut else { return .waitForSpeech }
        let instant = speech.pacer.instant(toSend: frameEnd)
        return instant <= now ? .makeFrame(within: slack(at: now, speech.pacer)) : .wait(until: instant)
    }

    /// How long after `now` the next frame is shown. For the first one nothing waits but the client, who is not to wait
    /// for long.
    private func slack(at now: Duration, _ pacer: Pacer) -> Duration {
        guard let firstFrameInstant else { return Self.firstFramePatience }
        let pts = Duration.microseconds(FrameTiming.pts(ofFrame: sentFrames))
        return max(pacer.start, firstFrameInstant) + pts - now
    }

    /// What is known of a frame when it is sent.
    struct SentFrame: Equatable {
        /// True if it cannot be shown when its sound is heard, on a client without a delay.
        var isLate: Bool
        /// True for frame 0.
        var isFirst: Bool
    }

    /// Takes note that the next frame is sent.
    mutating func sendsFrame(at now: Duration, of speech: SpeechProgress) -> SentFrame {
        let isLate = slack(at: now, speech.pacer) + Self.startUpBuffer < .zero
        let isFirst = firstFrameInstant == nil
        firstFrameInstant = firstFrameInstant ?? now
        sentFrames += 1
        return SentFrame(isLate: isLate, isFirst: isFirst)
    }
}
