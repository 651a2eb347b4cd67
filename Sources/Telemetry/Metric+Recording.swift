public import Metrics

// How a metric of the catalogue is recorded: make one of these once, keep it, and update it as often as you like.
// An update is a few atomic instructions; making one looks it up under a lock.

extension Counter {
    /// The counter that the catalogue declares.
    /// - Parameter labels: a value for each label that it declares, in the same order.
    public convenience init(
        _ metric: Metric, _ labels: KeyValuePairs<String, String> = [:],
        factory: any MetricsFactory = MetricsSystem.factory
    ) {
        self.init(label: metric.name, dimensions: metric.dimensions(labels), factory: factory)
    }
}

extension Meter {
    /// The gauge that the catalogue declares.
    /// - Parameter labels: a value for each label that it declares, in the same order.
    public convenience init(
        _ metric: Metric, _ labels: KeyValuePairs<String, String> = [:],
        factory: any MetricsFactory = MetricsSystem.factory
    ) {
        self.init(label: metric.name, dimensions: metric.dimensions(labels), factory: factory)
    }
}

extension Recorder {
    /// The histogram that the catalogue declares, of values that are no times.
    /// - Parameter labels: a value for each label that it declares, in the same order.
    public convenience init(
        _ metric: Metric, _ labels: KeyValuePairs<String, String> = [:],
        factory: any MetricsFactory = MetricsSystem.factory
    ) {
        self.init(label: metric.name, dimensions: metric.dimensions(labels), aggregate: true, factory: factory)
    }
}

extension Timer {
    /// The histogram that the catalogue declares, of times.
    /// - Parameter labels: a value for each label that it declares, in the same order.
    public convenience init(
        _ metric: Metric, _ labels: KeyValuePairs<String, String> = [:],
        factory: any MetricsFactory = MetricsSystem.factory
    ) {
        self.init(label: metric.name, dimensions: metric.dimensions(labels), factory: factory)
    }
}

extension Metric {
    fileprivate func dimensions(_ values: KeyValuePairs<String, String>) -> [(String, String)] {
        assert(values.map(\.key) == labels, "\(name) has the labels \(labels)")
        return values.map { ($0.key, $0.value) }
    }
}
