/// A metric with all its series.
struct MetricFamily {
    /// One series, by what it keeps.
    enum Series {
        case counter(CounterSeries)
        case gauge(GaugeSeries)
        case histogram(HistogramSeries)
    }

    let metric: Metric
    private(set) var series: [LabelSet: Series] = [:]

    /// Nothing has been recorded. A metric without labels starts with its one series at zero.
    init(_ metric: Metric) {
        self.metric = metric
        if metric.labels.isEmpty { _ = series(LabelSet([])) }
    }

    /// The series with these labels, a new one if there is none.
    mutating func series(_ labels: LabelSet) -> Series {
        if let known = series[labels] { return known }
        let new: Series =
            switch metric.kind {
            case .counter: .counter(CounterSeries())
            case .gauge: .gauge(GaugeSeries())
            case .histogram(let buckets): .histogram(HistogramSeries(bounds: buckets))
            }
        series[labels] = new
        return new
    }
}
