import Histogram

/// What all sessions of a simulation have met with so far.
struct SimulationStatistics {
    /// Distributions of times, in microseconds up to a minute, to three digits.
    struct Times {
        private static let longest: UInt64 = 60_000_000
        private var histogram = Histogram<UInt32>(
            highestTrackableValue: longest, numberOfSignificantValueDigits: .three)

        mutating func record(_ time: Duration) {
            let (seconds, attoseconds) = time.components
            let microseconds = max(0, seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
            _ = histogram.record(min(UInt64(microseconds), Self.longest))
        }

        /// The usual percentiles in milliseconds; nil if nothing was recorded.
        var distribution: SimulationReport.Distribution? {
            guard histogram.totalCount > 0 else { return nil }
            func milliseconds(_ percentile: Double) -> Double {
                Double(histogram.valueAtPercentile(percentile)) / 1_000
            }
            return .init(p50: milliseconds(50), p95: milliseconds(95), p99: milliseconds(99))
        }
    }

    var frames = SimulationReport.Frames()
    var utterances = 0
    /// Utterances that had to wait to be let in.
    var refused = 0
    var outOfMemory = 0
    var batches: [Int: Int] = [:]
    var firstFrame = Times()
    var queueWait = Times()
}
