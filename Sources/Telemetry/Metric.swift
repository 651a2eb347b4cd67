/// A metric as the catalogue declares it: what it is called, what it says, and how it is kept.
public struct Metric: Sendable, Equatable {
    /// How values become what is scraped.
    public enum Kind: Sendable, Equatable {
        /// A sum that only grows.
        case counter
        /// The latest value.
        case gauge
        /// How many values were at most as large as each of `buckets`, which ascend; at most
        /// ``Metric/mostBuckets`` of them.
        case histogram(buckets: [Double])
    }

    /// The most bounds that a histogram may have; one more bucket takes what is larger than all of them.
    public static let mostBuckets = 24

    /// The name, with its unit (`_seconds`, `_bytes`), and `_total` where it is a counter.
    public let name: String
    /// What it says, in one sentence.
    public let help: String
    /// How values become what is scraped.
    public let kind: Kind
    /// The names of its labels.
    public let labels: [String]

    /// Declares a metric.
    public init(_ name: String, _ kind: Kind, labels: [String] = [], help: String) {
        self.name = name
        self.help = help
        self.kind = kind
        self.labels = labels
    }
}

extension Metric.Kind {
    /// The kind's name in the text format.
    var name: String {
        switch self {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }
}
