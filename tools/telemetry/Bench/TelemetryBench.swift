import Metrics
import Telemetry

/// What an update of a metric costs, alone and where all cores update the same series: the worst case.
///
///     swift run -c release telemetry-bench
@main
struct TelemetryBench {
    private static let updates = 2_000_000
    private static let repetitions = 5

    static func main() async {
        let metrics = PrometheusMetrics()
        let counter = Counter(.framesMade, ["engine": "viseme", "device": "cpu"], factory: metrics)
        let fractions = FloatingPointCounter(label: "fractions_total", factory: metrics)
        let gauge = Meter(.batchSizeCurrent, ["device": "cpu"], factory: metrics)
        let timer = Timer(.queueWait, ["device": "cpu"], factory: metrics)
        let sizes = Recorder(.batchSize, ["device": "cpu"], factory: metrics)

        print("nanoseconds an update, best of \(repetitions)   1 task   4 tasks, one series")
        await measure("counter") { _ in counter.increment() }
        await measure("counter of fractions") { _ in fractions.increment(by: 0.5) }
        await measure("gauge") { _ in gauge.set(8) }
        await measure("histogram of times") { timer.recordNanoseconds(Int64(3_000_000 + $0 % 60_000_000)) }
        await measure("histogram of numbers") { sizes.record(1 + $0 % 32) }

        let clock = ContinuousClock()
        var length = 0
        let scrape = clock.measure { for _ in 0..<100 { length = metrics.scrape().utf8.count } }
        print("a scrape of \(length) bytes: \((scrape / 100) / .microseconds(1)) µs")
    }

    private static func measure(_ name: String, _ update: @escaping @Sendable (Int) -> Void) async {
        let alone = await best(tasks: 1, update)
        let together = await best(tasks: 4, update)
        let columns = [alone, together].map { "\(($0 * 10).rounded() / 10)" }
        print(name.padded(to: 36), columns[0].padded(to: 8), columns[1])
    }

    /// Time over updates of all tasks together.
    private static func best(tasks: Int, _ update: @escaping @Sendable (Int) -> Void) async -> Double {
        var best = Double.infinity
        for _ in 0..<repetitions {
            let start = ContinuousClock.now
            await withTaskGroup { group in
                for _ in 0..<tasks { group.addTask { for number in 0..<updates { update(number) } } }
            }
            best = min(best, (ContinuousClock.now - start) / .nanoseconds(1) / Double(tasks * updates))
        }
        return best
    }
}

extension String {
    fileprivate func padded(to length: Int) -> String {
        self + String(repeating: " ", count: max(0, length - count))
    }
}
