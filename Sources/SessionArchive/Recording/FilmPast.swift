internal import Audio
internal import LipSync
internal import Realtime
internal import Video

/// What a film that begins now has to know of what happened before: answers that are still to be heard, as far back as
/// their pictures have to be decoded to be seen; who speaks; and which frame of the idle clip is shown.
struct FilmPast: Sendable {
    /// What happened, and when by the session's clock.
    typealias Sight = (event: SessionEvent, instant: Duration)

    /// So long after it should have been seen and heard something is kept: clients begin later than that.
    static let patience = Duration.seconds(1)

    private var idle: Sight?
    private var turn: Sight?
    private var answers: [Answer] = []
    private var end: Sight?

    /// An answer that may still be heard.
    struct Answer {
        let asked: Sight
        /// Tells when it began.
        var firstFrame: Sight?
        /// From a keyframe on.
        var frames: [(frame: VideoFrame, instant: Duration)] = []
        var sounds: [(end: Duration, sight: Sight)] = []
        /// When its first sample is heard.
        var start = Duration.zero
        /// The end of what is sent, and when all of it has been heard.
        var over: (sight: Sight, heard: Duration)?
    }

    /// What is to be seen first, in an order that a film understands.
    var sights: [Sight] {
        [idle, turn].compactMap(\.self)
            + answers.flatMap { answer in
                let frames = answer.frames.map { (SessionEvent.showed($0.frame), $0.instant) }
                return [answer.asked] + [answer.firstFrame].compactMap(\.self) + answer.sounds.map(\.sight) + frames
                    + [answer.over?.sight].compactMap(\.self)
            } + [end].compactMap(\.self)
    }

    /// When the oldest picture was sent that has to be decoded; nil if there is none.
    var start: Duration? { answers.lazy.compactMap { $0.frames.first?.instant }.first }

    /// Takes note of what happened.
    mutating func see(_ event: SessionEvent, at now: Duration) {
        let sight = (event, now)
        switch event {
        case .idle: idle = sight
        case .turnStarted: turn = sight
        case .turnEnded: turn = nil
        case .interrupted: answers = []
        case .ended: end = sight
        case .responding:
            answers.removeAll { answer in answer.over.map { $0.heard + Self.patience < now } ?? false }
            answers.append(Answer(asked: sight))
        default:
            if let last = answers.indices.last { answers[last].see(event, at: now) }
        }
    }
}

extension FilmPast.Answer {
    mutating func see(_ event: SessionEvent, at now: Duration) {
        switch event {
        case .spoke(let samples, let first, let start):
            self.start = start
            let length = Duration.microseconds(SpeechFormat.microseconds(ofSample: first + samples.count))
            sounds.append((start + length, (event, now)))
            let heard = sounds.prefix { $0.end + FilmPast.patience < now }
            sounds.removeFirst(heard.count)
        case .showed(let frame):
            firstFrame = firstFrame ?? (event, now)
            if frame.encoded.isKeyframe { forgetFrames(before: now) }
            frames.append((frame, now))
        case .responded(let response):
            over = ((event, now), response.end)
        default: break
        }
    }

    /// Forgets the frames before the last keyframe that has been seen.
    private mutating func forgetFrames(before now: Duration) {
        let keyframe = frames.lastIndex { frame, _ in
            frame.encoded.isKeyframe && start + .microseconds(frame.pts) + FilmPast.patience < now
        }
        frames.removeFirst(keyframe ?? 0)
    }
}
