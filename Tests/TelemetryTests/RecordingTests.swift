import Metrics
import TestSupport
import Testing

@testable import Telemetry

@Suite("Recording")
struct RecordingTests {
    @Test("What many tasks record at once is all there")
    func concurrency() async {
        let metrics = PrometheusMetrics()
        let tasks = 16
        let updates = 5_000
        await withTaskGroup { group in
            for task in 0..<tasks {
                group.addTask {
                    let counter = Counter(.receivedBytes, factory: metrics)
                    let fractions = FloatingPointCounter(label: "fractions_total", factory: metrics)
                    let frames = Counter(
                        .framesMade, ["engine": "viseme", "device": "cpu:\(task % 2)"], factory: metrics)
                    let timer = Timer(.queueWait, ["device": "cpu"], factory: metrics)
                    let sizes = Recorder(.batchSize, ["device": "cpu"], factory: metrics)
                    let speaking = Meter(.sessionsSpeaking, factory: metrics)
                    for update in 0..<updates {
                        counter.increment(by: update)
                        fractions.increment(by: 0.25)
                        frames.increment()
                        timer.recordMilliseconds(update % 4)
                        sizes.record(1 + update % 4)
                        speaking.increment(by: 1)
                        if update % 1000 == 0 { _ = metrics.scrape() }
                        speaking.decrement(by: 1)
                    }
                }
            }
        }
        let lines = Set(metrics.scrape().split(separator: "\n"))
        let all = tasks * updates
        #expect(lines.contains("visavis_received_bytes_total \(tasks * updates * (updates - 1) / 2)"))
        #expect(lines.contains("fractions_total \(all / 4)"))
        #expect(lines.contains(#"visavis_frames_made_total{device="cpu:1",engine="viseme"} \#(all / 2)"#))
        #expect(lines.contains("visavis_sessions_speaking 0"))
        #expect(lines.contains(#"visavis_queue_wait_seconds_bucket{device="cpu",le="0.001"} \#(all / 2)"#))
        #expect(lines.contains(#"visavis_queue_wait_seconds_sum{device="cpu"} \#(all * 6 / 4 / 1000)"#))
        #expect(lines.contains(#"visavis_queue_wait_seconds_count{device="cpu"} \#(all)"#))
        #expect(lines.contains(#"visavis_batch_size_sum{device="cpu"} \#(all * 10 / 4)"#))
    }

    @Test("Values fall into the buckets of a plain count", arguments: 0..<20)
    func buckets(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let bounds = Set(
            (0..<Int.random(in: 0...24, using: &random)).map { _ in Double(Int.random(in: -20...20, using: &random)) / 4
            }
        )
        .sorted()
        let values = (0..<200).map { _ in Double(Int.random(in: -40...40, using: &random)) / 4 }
        let histogram = HistogramSeries(bounds: bounds)
        for value in values { histogram.record(value) }
        #expect(histogram.cumulativeCounts == (bounds + [.infinity]).map { bound in values.count { $0 <= bound } })
        #expect(histogram.sum == values.reduce(0, +))
    }

    @Test("A time that is exactly a bound is within it")
    func exactTimes() {
        let histogram = HistogramSeries(bounds: (1...24).map { Double($0) / 1000 })
        for milliseconds in 1...24 { histogram.recordNanoseconds(Int64(milliseconds) * 1_000_000) }
        #expect(histogram.cumulativeCounts == Array(1...24) + [24])
    }

    @Test("What is no number, and what would make a counter go down, is ignored")
    func nonsense() {
        let counter = CounterSeries()
        counter.increment(by: Int64(-1))
        for amount in [-0.5, .nan, .infinity] { counter.increment(by: amount) }
        #expect(counter.value == 0)
        let histogram = HistogramSeries(bounds: [1])
        for value in [Double.nan, .infinity, -.infinity] { histogram.record(value) }
        #expect(histogram.cumulativeCounts == [0, 0])
        #expect(histogram.sum == 0)
    }

    @Test("A name belongs to the kind that the catalogue declares, or that came first")
    func kinds() {
        let metrics = PrometheusMetrics()
        let before = metrics.scrape()
        Counter(label: Metric.sessions.name, factory: metrics).increment()
        Timer(label: Metric.receivedBytes.name, factory: metrics).recordSeconds(1)
        Gauge(label: Metric.queueWait.name, factory: metrics).record(1)
        #expect(metrics.scrape() == before)
        Gauge(label: "mine", factory: metrics).record(7)
        Recorder(label: "mine", aggregate: true, factory: metrics).record(1)
        #expect(metrics.scrape().hasSuffix("# TYPE mine gauge\nmine 7\n"))
    }

    @Test("Gauges that are read on demand are read at each scrape")
    func beforeScrape() {
        let metrics = PrometheusMetrics()
        let meter = Meter(.sessions, factory: metrics)
        metrics.beforeScrape { meter.increment(by: 1) }
        #expect(metrics.scrape().contains("\nvisavis_sessions 1\n"))
        #expect(metrics.scrape().contains("\nvisavis_sessions 2\n"))
    }

    @Test("A counter starts again where it is told to")
    func reset() {
        let metrics = PrometheusMetrics()
        let counter = Counter(.sentBytes, factory: metrics)
        counter.increment(by: 5)
        counter.reset()
        counter.increment(by: 2)
        #expect(metrics.scrape().contains("\nvisavis_sent_bytes_total 2\n"))
    }
}
