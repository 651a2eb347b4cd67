import Metrics
import TestSupport
import Testing

@testable import Telemetry

@Suite("Prometheus's text format")
struct ExpositionTests {
    @Test("A scrape has every kind of metric as the format wants it")
    func golden() {
        let frames = Metric("frames_total", .counter, labels: ["engine", "device"], help: "Frames.")
        let wait = Metric("wait_seconds", .histogram(buckets: [0.005, 0.01]), help: "Waiting,\nin \\ a queue.")
        let metrics = PrometheusMetrics(declaring: [
            Metric("sessions", .gauge, help: "Sessions."), frames, wait,
            Metric("unused", .gauge, labels: ["device"], help: "None."),
        ])
        Meter(label: "sessions", factory: metrics).set(2.5)
        Counter(frames, ["engine": "viseme", "device": "cpu"], factory: metrics).increment(by: 3)
        Counter(frames, ["engine": "viseme", "device": "cpu"], factory: metrics).increment()
        Counter(frames, ["engine": "musetalk", "device": "cuda:0"], factory: metrics).increment()
        let timer = Timer(wait, factory: metrics)
        for milliseconds in [1, 5, 6, 20] { timer.recordMilliseconds(milliseconds) }
        #expect(
            metrics.scrape() == #"""
                # HELP sessions Sessions.
                # TYPE sessions gauge
                sessions 2.5
                # HELP frames_total Frames.
                # TYPE frames_total counter
                frames_total{device="cpu",engine="viseme"} 4
                frames_total{device="cuda:0",engine="musetalk"} 1
                # HELP wait_seconds Waiting,\nin \\ a queue.
                # TYPE wait_seconds histogram
                wait_seconds_bucket{le="0.005"} 2
                wait_seconds_bucket{le="0.01"} 3
                wait_seconds_bucket{le="+Inf"} 4
                wait_seconds_sum 0.032
                wait_seconds_count 4
                # HELP unused None.
                # TYPE unused gauge

                """#)
    }

    @Test("A label's value comes back as it was, whatever is in it", arguments: 0..<50)
    func labelValues(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let alphabet: [Character] = ["\\", "\"", "\n", "n", "{", "}", ",", "=", " ", "é", "界", "🙂", "a"]
        let value = String(
            (0..<Int.random(in: 0...12, using: &random)).map { _ in alphabet.randomElement(using: &random)! })
        let metrics = PrometheusMetrics(declaring: [])
        Counter(label: "things", dimensions: [("what", value)], factory: metrics).increment()
        let line = try #require(metrics.scrape().split(separator: "\n").last)
        #expect(line.hasPrefix("things{what=\"") && line.hasSuffix("\"} 1"))
        #expect(unescaped(line.dropFirst("things{what=\"".count).dropLast("\"} 1".count)) == value)
    }

    /// As a reader of the format undoes it.
    private func unescaped(_ text: Substring) -> String {
        var result = ""
        var isEscape = false
        for character in text {
            if isEscape {
                result.append(character == "n" ? "\n" : character)
                isEscape = false
            } else if character == "\\" {
                isEscape = true
            } else {
                result.append(character)
            }
        }
        return result
    }

    @Test(
        "Names become what the format allows",
        arguments: [("a.b-c", "a_b_c"), ("9lives", "_9lives"), ("", "_"), ("über", "_ber"), ("ok_1", "ok_1")])
    func names(name: String, expected: String) {
        let metrics = PrometheusMetrics(declaring: [])
        Meter(label: name, dimensions: [(name, "x")], factory: metrics).set(1)
        #expect(metrics.scrape().hasSuffix("\n\(expected){\(expected)=\"x\"} 1\n"))
    }

    @Test(
        "Numbers are written as Go reads them",
        arguments: [
            (0, "0"), (-1.5, "-1.5"), (1e300, "1e+300"), (85_899_345_920, "85899345920"), (0.1, "0.1"),
            (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
        ])
    func numbers(value: Double, expected: String) {
        let metrics = PrometheusMetrics(declaring: [])
        Meter(label: "value", factory: metrics).set(value)
        #expect(metrics.scrape().hasSuffix("\nvalue \(expected)\n"))
    }
}
