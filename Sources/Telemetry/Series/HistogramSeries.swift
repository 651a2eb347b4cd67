import Metrics
import Synchronization

/// How many values fell into each bucket, and their sum.
final class HistogramSeries: RecorderHandler, TimerHandler {
    /// The upper bounds of all buckets but the last.
    let bounds: [Double]

    /// Values a bucket; not cumulative. In place, so that an update follows no pointer and takes no reference.
    private let counts: InlineArray<25, Atomic<Int>>
    /// The sum in two parts: times are added exactly, and without trying again.
    private let nanoseconds = Atomic<Int64>(0)
    private let others = Atomic<Double>(0)

    /// - Parameter bounds: ascending; those beyond ``Metric/mostBuckets`` are ignored.
    init(bounds: [Double]) {
        self.bounds = Array(bounds.prefix(Metric.mostBuckets))
        counts = InlineArray { _ in Atomic(0) }
    }

    func record(_ value: Int64) { record(Double(value)) }

    /// What is no number is ignored.
    func record(_ value: Double) {
        guard value.isFinite else { return }
        count(value)
        others.add(value)
    }

    func recordNanoseconds(_ duration: Int64) {
        count(Double(duration) / 1e9)  // A quotient, so that 5 ms are exactly the bound 0.005.
        nanoseconds.wrappingAdd(duration, ordering: .relaxed)
    }

    /// How many values were recorded that are at most as large as each bound, and last how many there were at all.
    var cumulativeCounts: [Int] {
        var total = 0
        return (0...bounds.count).map { index in
            total += counts[index].load(ordering: .relaxed)
            return total
        }
    }

    /// The sum of all values; of times in seconds.
    var sum: Double {
        Double(nanoseconds.load(ordering: .relaxed)) / 1e9 + others.load(ordering: .relaxed)
    }

    private func count(_ value: Double) {
        var bucket = 0
        while bucket < bounds.count, value > bounds[bucket] { bucket += 1 }
        counts[bucket].wrappingAdd(1, ordering: .relaxed)
    }
}
