/// Prometheus's text format, version 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format).
enum Exposition {
    /// The media type of what ``text(of:)`` writes.
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// The families in their order. One without series is declared all the same, so that readers learn of it.
    static func text(of families: some Sequence<MetricFamily>) -> String {
        var text = ""
        for family in families {
            let metric = family.metric
            text += "# HELP \(metric.name) \(escaped(help: metric.help))\n# TYPE \(metric.name) \(metric.kind.name)\n"
            for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
                switch series {
                case .counter(let counter): write(metric.name, labels, counter.value, into: &text)
                case .gauge(let gauge): write(metric.name, labels, gauge.value, into: &text)
                case .histogram(let histogram): write(metric.name, labels, histogram, into: &text)
                }
            }
        }
        return text
    }

    private static func write(_ name: String, _ labels: LabelSet, _ value: Double, into text: inout String) {
        text += labels.text.isEmpty ? "\(name) \(number(value))\n" : "\(name){\(labels.text)} \(number(value))\n"
    }

    private static func write(
        _ name: String, _ labels: LabelSet, _ histogram: HistogramSeries, into text: inout String
    ) {
        let counts = histogram.cumulativeCounts
        let others = labels.text.isEmpty ? "" : labels.text + ","
        for (bound, count) in zip(histogram.bounds + [.infinity], counts) {
            text += "\(name)_bucket{\(others)le=\"\(number(bound))\"} \(count)\n"
        }
        write(name + "_sum", labels, histogram.sum, into: &text)
        // From the same counts: a value that is recorded meanwhile must not make it differ from the last bucket.
        write(name + "_count", labels, Double(counts.last ?? 0), into: &text)
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return abs(value) < 1e15 ? Int64(exactly: value).map(String.init) ?? "\(value)" : "\(value)"
    }

    private static func escaped(help: String) -> String {
        help.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
            .split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
    }
}
