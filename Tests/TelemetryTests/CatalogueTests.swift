import Testing

@testable import Telemetry

@Suite("The catalogue of metrics")
struct CatalogueTests {
    @Test("Names are unique, and say kind and unit", arguments: Metric.catalogue)
    func names(metric: Metric) {
        #expect(Metric.catalogue.count { $0.name == metric.name } == 1)
        #expect(metric.name.hasPrefix("visavis_"))
        #expect(metric.name == LabelSet.name(metric.name))
        #expect(metric.name.hasSuffix("_total") == (metric.kind == .counter))
        #expect(metric.help.hasSuffix(".") && !metric.help.contains("\n"))
    }

    @Test("Buckets ascend, and there are not too many", arguments: Metric.catalogue)
    func buckets(metric: Metric) {
        guard case .histogram(let buckets) = metric.kind else { return }
        #expect(!buckets.isEmpty && buckets.count <= Metric.mostBuckets)
        #expect(zip(buckets, buckets.dropFirst()).allSatisfy { $0 < $1 })
    }
}
