internal import LipSync

extension FilmTimeline {
    /// What the avatar says, from when it is sent until it has been heard.
    struct Utterance: Sendable {
        /// True if nothing more will be sent.
        var isOver = false
        /// True once a frame of it was seen.
        private(set) var hasBeenSeen = false

        /// Frames that were not seen yet, by their number.
        private var frames: [Int: VideoFrame] = [:]
        /// Sound that was not heard yet.
        private var samples: [Int16] = []
        /// The number of the first of these.
        private var firstSample: Int
        /// The next frame; nil until it begins.
        private var position: Int?
        /// When its sound begins at the earliest.
        private var soundStart: Duration?
        private var firstFrame: Duration?

        /// - Parameter missed: how many samples were sent before anybody looked.
        init(missed: Int = 0) {
            firstSample = missed
            if missed > 0 { firstFrame = .zero }
        }

        /// Takes sound.
        /// - Parameter start: when the first sample of the utterance is heard at the earliest.
        mutating func append(_ piece: ArraySlice<Int16>, start: Duration) {
            // Once it plays, a start that moves later shows as sound that is not there.
            if position == nil { soundStart = start }
            samples += piece
        }

        /// Takes a frame, sent at `now`.
        mutating func append(_ frame: VideoFrame, at now: Duration) {
            firstFrame = firstFrame ?? now
            frames[frame.index] = frame
        }

        /// The slot in which it begins; nil if the client does not know that yet.
        func start(origin: Duration) -> Int? {
            guard let soundStart, let firstFrame else { return nil }
            let start = max(soundStart, firstFrame) + FilmTimeline.startUp - origin
            return Int((Double(start.microseconds * FrameTiming.fps) / 1_000_000).rounded(.up))
        }

        /// True if all that was sent has been heard.
        var isHeard: Bool { samples.isEmpty }

        /// What is seen and heard of it in a slot. Where there is no sound the client waits for it.
        mutating func next(at slot: Int, origin: Duration) -> (frame: VideoFrame?, samples: [Int16]) {
            let position = position ?? slot - (start(origin: origin) ?? slot)
            let length = FrameTiming.samplesPerFrame
            // Of what was sent before anybody looked there is no sound.
            let silence = min(max(firstSample - position * length, 0), length)
            guard silence + samples.count >= length || isOver else { return (nil, []) }
            let heard = Array(samples.prefix(length - silence))
            samples.removeFirst(heard.count)
            firstSample += heard.count
            self.position = position + 1
            let frame = frames.removeValue(forKey: position)
            if frame != nil { hasBeenSeen = true }
            return (frame, Array(repeating: 0, count: silence) + heard)
        }

        /// It stops in slot `end`: what is due from then on is neither seen nor heard.
        /// - Parameter count: how many slots have been taken.
        mutating func cut(at end: Int, after count: Int, origin: Duration) {
            isOver = true
            let begin = position == nil ? start(origin: origin) ?? end : count
            let kept = max(0, end - begin) * FrameTiming.samplesPerFrame
            if kept < samples.count { samples.removeLast(samples.count - kept) }
        }
    }
}
