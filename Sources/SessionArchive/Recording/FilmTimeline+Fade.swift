internal import LipSync

extension FilmTimeline {
    /// From the picture that was seen last to those that follow it, without a jump; as in the page's `cross-fade.js`.
    struct Fade: Sendable, Equatable {
        /// An open mouth closes: somebody interrupted.
        static let closing = Fade(milliseconds: 60)
        /// One pose turns into another.
        static let pose = Fade(milliseconds: 280)

        /// Slots since it began: 0 is the first picture that is mixed.
        private(set) var age = 0
        private let milliseconds: Double

        private init(milliseconds: Double) { self.milliseconds = milliseconds }

        /// How much is seen of what follows, in 256ths. Fast at first.
        var share: Int {
            let rest = max(0, 1 - elapsed / milliseconds)
            return Int((256 * (1 - rest * rest)).rounded())
        }

        /// The same in the next slot; nil if it is over by then.
        var next: Fade? {
            var next = self
            next.age += 1
            return next.elapsed < milliseconds ? next : nil
        }

        /// At 0 nothing would be seen to happen.
        private var elapsed: Double { 12 + 1000 * Double(age) / Double(FrameTiming.fps) }
    }
}
