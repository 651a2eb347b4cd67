/// How long a device takes for a batch of each size, learned from every batch that it runs.
///
/// Mean and mean deviation are smoothed as TCP smooths round-trip times (RFC 6298, section 2): a time that is planned
/// with is the mean and four deviations, so that it is kept nearly always and does not grow with a single hiccup.
public struct BatchTimes: Sendable, Equatable {
    private struct Estimate: Equatable {
        var mean: Duration
        var deviation: Duration
        /// The mean over many batches.
        var typical: Duration
        var count = 1
    }

    /// Batches that a typical time is the mean of. What an utterance begins with takes longer than what follows: if many
    /// begin at once, that is no reason to refuse others.
    private static let manyBatches = 256

    private var estimates: [Int: Estimate] = [:]

    /// Nothing is known yet.
    public init() {}

    /// Takes note that a batch of `size` frames took `time`.
    /// A batch without time, of work that nobody wanted any more, says nothing.
    public mutating func record(_ time: Duration, forSize size: Int) {
        guard time > .zero else { return }
        guard var estimate = estimates[size] else {
            estimates[size] = Estimate(mean: time, deviation: .zero, typical: time)
            return
        }
        let difference = time - estimate.mean
        estimate.mean += difference / 8
        estimate.deviation += ((difference < .zero ? .zero - difference : difference) - estimate.deviation) / 4
        estimate.count = min(estimate.count + 1, Self.manyBatches)
        estimate.typical += (time - estimate.typical) / estimate.count
        estimates[size] = estimate
    }

    /// Forgets what was known of a size: the device is another than it seemed.
    public mutating func forget(size: Int) { estimates[size] = nil }

    /// What a batch of a size takes on average. Of sizes that were never run it is guessed from the nearest that was:
    /// a larger one takes no longer a frame, a smaller one no longer in all. Zero while nothing is known.
    public func mean(ofSize size: Int) -> Duration { estimate(ofSize: size).mean }

    /// What a batch of a size takes at most, nearly always.
    public func bound(ofSize size: Int) -> Duration {
        let estimate = estimate(ofSize: size)
        return estimate.mean + estimate.deviation * 4
    }

    /// Frames a second if there are only batches of this size; infinite while nothing is known.
    public func rate(ofSize size: Int) -> Double { Double(size) / (estimate(ofSize: size).typical / .seconds(1)) }

    private func estimate(ofSize size: Int) -> Estimate {
        if let known = estimates[size] { return known }
        if let smaller = estimates.keys.filter({ $0 < size }).max(), let known = estimates[smaller] {
            return Estimate(
                mean: known.mean * size / smaller, deviation: known.deviation * size / smaller,
                typical: known.typical * size / smaller)
        }
        return estimates.min { $0.key < $1.key }?.value ?? Estimate(mean: .zero, deviation: .zero, typical: .zero)
    }
}
