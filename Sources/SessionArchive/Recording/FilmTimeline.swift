internal import Audio
internal import Avatars
internal import LipSync
internal import Realtime
internal import Video

/// Decides what a user sees and hears, frame by frame of 40 ms, from what their session sends.
///
/// Time is that of the session's clock, counted from when the recording began. Sound and picture are sent ahead: they
/// wait here until they are due, and an interruption throws away what was not due yet. A value without a clock.
struct FilmTimeline: Sendable {
    /// 40 ms of the film.
    struct Slot: Sendable, Equatable {
        /// What is seen.
        enum Picture: Sendable, Equatable {
            /// A frame of the idle clip.
            case idle(Int)
            /// A frame of the clip of a pose.
            case pose(AvatarPose, Int)
            /// A frame of an utterance. It can be decoded after the one before it, or if it is a keyframe.
            case spoken(VideoFrame)
            /// What was seen before: the client waits for the next frame.
            case held
        }

        var picture: Picture
        /// What was seen before goes over into it; nil if it does not.
        var fade: Fade?
        /// What is heard of both sides: ``FrameTiming/samplesPerFrame`` samples.
        var sound: [Int16]
    }

    /// How late frames and sound may come and still be where the client showed them. So long they wait.
    static let patience = Duration.milliseconds(500)
    /// How long after the first sound and the first frame a client begins to play (docs/protocol.md, Time).
    static let startUp = Duration.milliseconds(80)
    /// The longest silence in the user's sound that is taken for jitter of the network.
    private static let jitter = SpeechFormat.sampleRate / 5
    /// How far the user's sound may run ahead, in samples: clients that send a file do not wait.
    private static let longestLead = 60 * SpeechFormat.sampleRate

    private let origin: Duration
    /// How many slots have been taken.
    private(set) var count = 0
    private var rest: Rest
    /// From which slots on somebody speaks to the avatar, and does not any more; first come first.
    private var turns: [(slot: Int, isOpen: Bool)] = []
    private var isListening = false
    private var utterances: [Utterance] = []
    /// The user's sound from the next slot on.
    private var voice: [Int16] = []
    /// The last sample that was heard of an utterance, to be faded out.
    private var lastHeard: Int16 = 0

    /// - Parameters:
    ///   - origin: when it begins, by the session's clock.
    ///   - idleFrames: frames of the idle clip, at least 1.
    ///   - poses: those that the avatar has besides, and how many frames they have.
    init(origin: Duration, idleFrames: Int, poses: [AvatarPose: Int] = [:]) {
        self.origin = origin
        rest = Rest(idleFrames: idleFrames, poses: poses)
    }

    /// Takes note of what was sent, or is shown.
    mutating func see(_ event: SessionEvent, at now: Duration) {
        switch event {
        case .heard(let samples): hear(samples, at: now)
        case .turnStarted: turns.append((slot(at: now), true))
        case .turnEnded: turns.append((slot(at: now), false))
        case .responding(_, _, let isSeen): utterances.append(Utterance(asked: slot(at: now), isSeen: isSeen))
        case .spoke(let samples, let first, let start):
            if let last = utterances.indices.last { utterances[last].append(samples, first: first, start: start) }
        case .showed(let frame): if let last = utterances.indices.last { utterances[last].append(frame, at: now) }
        case .responded: if let last = utterances.indices.last { utterances[last].end(in: slot(at: now)) }
        case .interrupted:
            // What is due by now was seen, and is still to be taken; of the rest nothing.
            let end = slot(at: now)
            for index in utterances.indices { utterances[index].cut(at: end, after: count, origin: origin) }
        case .idle(let frame):
            // What it shows while it speaks is known better from the frames that it was sent.
            if !isPlaying { rest.moveIdle(to: frame - (slot(at: now) - count)) }
        default: break
        }
    }

    /// The slots that are over at `now`, oldest first.
    mutating func slots(until now: Duration) -> [Slot] {
        var slots: [Slot] = []
        while count < slot(at: now) { slots.append(next()) }
        return slots
    }

    private func slot(at instant: Duration) -> Int {
        (instant - origin).microseconds * FrameTiming.fps / 1_000_000
    }

    /// True if the first utterance is heard in the next slot.
    private var isPlaying: Bool {
        guard let start = utterances.first?.start(origin: origin) else { return false }
        return start <= count
    }

    private mutating func next() -> Slot {
        defer {
            count += 1
            rest.advance()
        }
        var sound = Array(voice.prefix(FrameTiming.samplesPerFrame))
        voice.removeFirst(sound.count)
        sound += Array(repeating: 0, count: FrameTiming.samplesPerFrame - sound.count)
        while let first = utterances.first, first.isGone(in: count) {
            if first.wasCut, first.hasBeenSeen { rest.closeMouth() }
            utterances.removeFirst()
        }
        while let turn = turns.first, turn.slot <= count {
            isListening = turn.isOpen
            turns.removeFirst()
        }
        rest.want(reason, in: count)
        let picture: Slot.Picture
        if isPlaying {
            let isFirst = !utterances[0].hasBeenSeen
            let (frame, speech) = utterances[0].next(at: count, origin: origin)
            mix(speech, into: &sound)
            lastHeard = speech.last ?? 0
            if let frame {
                rest.speak(on: frame.baseFrame, isFirst: isFirst)
                picture = .spoken(frame)
            } else {
                picture = isFirst ? rest.next(in: count) : .held
            }
        } else {
            mix(fadeOut(), into: &sound)
            picture = rest.next(in: count)
        }
        return Slot(picture: picture, fade: rest.fade, sound: sound)
    }

    /// Why the avatar has a pose in the next slot.
    private var reason: AvatarPose? {
        if isListening { return .listening }
        guard !isPlaying, let first = utterances.first, first.asked <= count else { return nil }
        return .thinking
    }

    /// 10 ms from the last sample to silence: without it a cut would click.
    private mutating func fadeOut() -> [Int16] {
        guard lastHeard != 0 else { return [] }
        defer { lastHeard = 0 }
        let length = SpeechFormat.sampleRate / 100
        return (0..<length).map { Int16(Int(lastHeard) * (length - $0) / length) }
    }

    private mutating func hear(_ samples: [Int16], at now: Duration) {
        let due = SpeechFormat.samples(inMicroseconds: (now - origin).microseconds)
        let position = due - samples.count - count * FrameTiming.samplesPerFrame
        if position - voice.count > Self.jitter {
            voice += Array(repeating: 0, count: position - voice.count)
        }
        guard voice.count < Self.longestLead else { return }
        voice += samples
    }

    private func mix(_ samples: [Int16], into sound: inout [Int16]) {
        for index in samples.indices {
            sound[index] = Int16(clamping: Int(sound[index]) + Int(samples[index]))
        }
    }
}

extension Duration {
    /// Whole microseconds.
    var microseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
    }
}
