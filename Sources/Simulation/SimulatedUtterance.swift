import Batching

/// An utterance as the server makes it: speech comes a little ahead of playback, the first frame is made alone, then
/// ever more are asked for at a time, and playback starts a moment after the first frame.
struct SimulatedUtterance {
    /// What it does next.
    enum Step {
        /// Wants another frame.
        case submit(FrameJob)
        /// Has no speech for more until then.
        case wait(until: Duration)
        /// Waits for frames that are being made, or is complete.
        case nothing
    }

    /// From the first frame to the first sound, as pages buffer.
    private static let playoutDelay = Duration.milliseconds(80)
    /// Speech that a frame needs beyond its own instant.
    private static let lookAhead = Duration.milliseconds(80)
    /// Frames asked for at a time.
    private static let largestWindow = 25
    /// How long a person waits for the first frame before the sound goes on without it.
    private static let patience = Duration.seconds(1)

    let id: FrameJob.Utterance
    let device: Int
    private let frames: Int
    let begin: Duration
    private let frameTime: Duration
    private var submitted = 0
    private var settled = 0
    /// When the first sound is heard.
    private var playback: Duration?

    init(_ id: FrameJob.Utterance, on device: Int, seconds: Double, fps: Int, at begin: Duration) {
        self.id = id
        self.device = device
        self.begin = begin
        frames = max(1, Int(seconds * Double(fps)))
        frameTime = .seconds(1) / fps
    }

    var isComplete: Bool { settled == frames }

    /// When its last sound was heard, once it is known when the first was.
    var end: Duration { (playback ?? begin) + frameTime * frames }

    /// What it does at `now`.
    mutating func next(at now: Duration) -> Step {
        guard submitted < frames, submitted - settled < min(settled + 1, Self.largestWindow) else { return .nothing }
        let available = Self.available(frameTime * submitted + Self.lookAhead) + begin
        guard available <= now else { return .wait(until: available) }
        defer { submitted += 1 }
        return .submit(
            FrameJob(
                id: id << 16 | submitted, utterance: id,
                urgency: playback.map { .live(deadline: $0 + frameTime * submitted) }
                    ?? .first(deadline: begin + Self.patience)))
    }

    /// One of its frames is made, or never will be.
    /// - Returns: how long after the start, if it is the first.
    mutating func settle(at now: Duration) -> Duration? {
        settled += 1
        guard playback == nil else { return nil }
        playback = now + Self.playoutDelay
        return now - begin
    }

    /// When sound may be sent, from the start: 400 ms of it at once, from then on further ahead, up to 2 s. The same
    /// as `Realtime`'s pacer.
    private static func available(_ pts: Duration) -> Duration {
        let (initial, maximum) = (Duration.milliseconds(400), Duration.seconds(2))
        guard pts > initial else { return .zero }
        let whileGrowing = (pts - initial) * 2 / 3
        return whileGrowing / 2 < maximum - initial ? whileGrowing : pts - maximum
    }
}
