/// Brings frames that come whenever they come to a constant rate: each moment shows the last frame that began before
/// its middle.
///
/// Phones film at a rate that varies, screens are recorded at 30 or 60 frames a second, films run at 24. Frames are
/// left out or shown twice; none is invented, so that a face never has two outlines.
struct ConstantRate {
    /// Frames that are wanted a second.
    let fps: Double
    /// Seconds that a frame lasts of which nothing is known.
    let usualDuration: Double

    private var start: Double?
    private var last = 0.0
    /// Frames that have been given out.
    private var count = 0

    /// A leap longer than this is a damaged time, not a frame that is shown for so long.
    static let longestFrame = 10.0

    /// True before the first frame.
    var isFresh: Bool { start == nil }

    /// - Parameter usualRate: frames a second as the file has it; 0 if it does not say.
    init(fps: Double, usualRate: Double) {
        self.fps = fps
        usualDuration = 1 / (usualRate > 0 && usualRate.isFinite ? usualRate : fps)
    }

    /// Takes the time of the next frame.
    /// - Parameter time: when it is shown, in seconds; nil if it does not say.
    /// - Returns: how often the frame before it is shown; 0 for the first.
    mutating func next(at time: Double?) -> Int {
        guard let start else {
            self.start = time ?? 0
            return 0
        }
        var moment = (time ?? start + last + usualDuration) - start
        if !(moment > last && moment - last < Self.longestFrame) {
            // Time goes on from here as if nothing had happened.
            moment = last + usualDuration
            self.start = (time ?? start + moment) - moment
        }
        last = moment
        return take(until: moment)
    }

    /// Says that no frame follows.
    /// - Returns: how often the last frame is shown.
    mutating func finish() -> Int { start == nil ? 0 : max(take(until: last + usualDuration), count == 0 ? 1 : 0) }

    private mutating func take(until moment: Double) -> Int {
        let end = max(count, Int((moment * fps).rounded()))
        defer { count = end }
        return end - count
    }
}
