public import Metrics
import Synchronization

/// The backend of swift-metrics: it keeps what is recorded, for Prometheus to scrape.
///
/// An update is a few atomic instructions on a series: no lock, no allocation. The lock here guards the list of series,
/// which is needed when one is made, and when they are scraped.
///
/// What the catalogue does not declare is kept too: under a name that the format allows, histograms with the buckets of
/// ``Metric/otherBuckets``. A name belongs to one kind of metric, the declared one, or else the first; what is recorded
/// under it as another kind goes nowhere.
public final class PrometheusMetrics: MetricsFactory {
    private struct State {
        /// In the order in which they are scraped.
        var families: [MetricFamily]
        /// Where each is in ``families``.
        var indices: [String: Int]
        var refreshments: [@Sendable () -> Void] = []
    }

    private let state: Mutex<State>

    /// Declares metrics; nothing has been recorded.
    public init(declaring catalogue: [Metric] = Metric.catalogue) {
        let indices = Dictionary(catalogue.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        state = Mutex(State(families: catalogue.map { MetricFamily($0) }, indices: indices))
    }

    /// The media type of ``scrape()``.
    public static var contentType: String { Exposition.contentType }

    /// Everything that was recorded, in Prometheus's text format 0.0.4.
    public func scrape() -> String {
        for refresh in state.withLock({ $0.refreshments }) { refresh() }
        return Exposition.text(of: state.withLock { $0.families })
    }

    /// Has `refresh` called before each scrape, to set gauges that are read only when somebody asks: memory, sessions.
    public func beforeScrape(_ refresh: @escaping @Sendable () -> Void) {
        state.withLock { $0.refreshments.append(refresh) }
    }

    /// - Returns: the series, a new one if there is none; nil if the name belongs to another kind of metric.
    private func series(_ label: String, _ dimensions: [(String, String)], _ kind: Metric.Kind) -> MetricFamily.Series?
    {
        let name = LabelSet.name(label)
        let labels = LabelSet(dimensions)
        return state.withLock { state in
            let index = state.indices[name] ?? state.families.count
            if index == state.families.count {
                let metric = Metric(name, kind, labels: dimensions.map(\.0), help: "Not in the catalogue of metrics.")
                state.families.append(MetricFamily(metric))
                state.indices[name] = index
            }
            guard state.families[index].metric.kind.name == kind.name else { return nil }
            return state.families[index].series(labels)
        }
    }

    // MARK: MetricsFactory

    /// The counter with this name and these labels, the same for all who ask.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        guard case .counter(let counter) = series(label, dimensions, .counter) else {
            return NOOPMetricsHandler.instance
        }
        return counter
    }

    /// The counter with this name and these labels, the same for all who ask.
    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        guard case .counter(let counter) = series(label, dimensions, .counter) else {
            return NOOPMetricsHandler.instance
        }
        return counter
    }

    /// The gauge with this name and these labels, the same for all who ask.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        guard case .gauge(let gauge) = series(label, dimensions, .gauge) else { return NOOPMetricsHandler.instance }
        return gauge
    }

    /// The histogram with this name and these labels; or, where it does not aggregate, the gauge.
    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        let kind: Metric.Kind = aggregate ? .histogram(buckets: Metric.otherBuckets) : .gauge
        switch (series(label, dimensions, kind), aggregate) {
        case (.histogram(let histogram), true): return histogram
        case (.gauge(let gauge), false): return gauge
        default: return NOOPMetricsHandler.instance
        }
    }

    /// The histogram with this name and these labels, of seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        let kind = Metric.Kind.histogram(buckets: Metric.otherBuckets)
        guard case .histogram(let histogram) = series(label, dimensions, kind) else {
            return NOOPMetricsHandler.instance
        }
        return histogram
    }

    // Series stay for as long as the process runs: Prometheus takes one that disappears for one that was never there,
    // and labels here have few values.

    /// Does nothing.
    public func destroyCounter(_ handler: any CounterHandler) {}
    /// Does nothing.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    /// Does nothing.
    public func destroyMeter(_ handler: any MeterHandler) {}
    /// Does nothing.
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    /// Does nothing.
    public func destroyTimer(_ handler: any TimerHandler) {}
}

extension Metric {
    /// The buckets of histograms that the catalogue does not declare: those of Prometheus's own client libraries.
    static let otherBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
}
