internal import LipSync

extension FilmTimeline {
    /// What the avatar says, from when it is sent until it has been heard.
    struct Utterance: Sendable {
        /// From which slot on it is awaited.
        let asked: Int
        /// True if it was interrupted.
        private(set) var wasCut = false
        /// True once a frame of it was seen.
        private(set) var hasBeenSeen = false

        /// Frames that were not seen yet, by their number.
        private var frames: [Int: VideoFrame] = [:]
        /// Sound that was not heard yet.
        private var samples: [Int16] = []
        /// The number of the first of these.
        private var firstSample = 0
        /// From which slot on nothing more is sent; nil before that is known.
        private var end: Int?
        /// The next frame; nil until it begins.
        private var position: Int?
        /// When its sound begins at the earliest.
        private var soundStart: Duration?
        private var firstFrame: Duration?

        /// - Parameter isSeen: false if no frames will come.
        init(asked: Int, isSeen: Bool) {
            self.asked = asked
            if !isSeen { firstFrame = .zero }
        }

        /// Takes sound.
        /// - Parameters:
        ///   - first: the number of its first sample.
        ///   - start: when the first sample of the utterance is heard at the earliest.
        mutating func append(_ piece: ArraySlice<Int16>, first: Int, start: Duration) {
            // Of an utterance that was heard before the film began, the beginning is not known any more.
            if samples.isEmpty, position == nil { firstSample = first }
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

        /// Nothing more is sent.
        mutating func end(in slot: Int) { end = min(slot, end ?? slot) }

        /// True if all that was sent has been heard before `slot`.
        func isGone(in slot: Int) -> Bool {
            guard let end else { return false }
            return end <= slot && samples.isEmpty
        }

        /// What is seen and heard of it in a slot. Where there is no sound the client waits for it.
        mutating func next(at slot: Int, origin: Duration) -> (frame: VideoFrame?, samples: [Int16]) {
            let length = FrameTiming.samplesPerFrame
            let position = position ?? begin(at: slot, origin: origin)
            let silence = min(max(firstSample - position * length, 0), length)
            guard silence + samples.count >= length || end != nil else { return (nil, []) }
            let heard = Array(samples.prefix(length - silence))
            samples.removeFirst(heard.count)
            firstSample += heard.count
            self.position = position + 1
            let frame = frames.removeValue(forKey: position)
            if frame != nil { hasBeenSeen = true }
            return (frame, Array(repeating: 0, count: silence) + heard)
        }

        /// With which frame it begins: the first, unless it was heard before the film began.
        private mutating func begin(at slot: Int, origin: Duration) -> Int {
            guard let start = start(origin: origin), start < 0 else { return 0 }
            let heard = min(max((slot - start) * FrameTiming.samplesPerFrame - firstSample, 0), samples.count)
            samples.removeFirst(heard)
            firstSample += heard
            return slot - start
        }

        /// It stops in slot `end`: what is due from then on is neither seen nor heard.
        /// - Parameter count: how many slots have been taken.
        mutating func cut(at end: Int, after count: Int, origin: Duration) {
            wasCut = true
            self.end(in: end)
            let begin = position == nil ? start(origin: origin) ?? end : count
            let length = FrameTiming.samplesPerFrame
            let kept = max(0, (end - begin) * length - (position == nil ? firstSample : 0))
            if kept < samples.count { samples.removeLast(samples.count - kept) }
        }
    }
}
