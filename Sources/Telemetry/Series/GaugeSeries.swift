import Metrics
import Synchronization

/// The latest value.
final class GaugeSeries: MeterHandler, RecorderHandler {
    private let current = Atomic<Double>(0)

    var value: Double { current.load(ordering: .relaxed) }

    func set(_ value: Int64) { current.store(Double(value), ordering: .relaxed) }
    func set(_ value: Double) { current.store(value, ordering: .relaxed) }
    func increment(by amount: Double) { current.add(amount) }
    func decrement(by amount: Double) { current.add(-amount) }

    // swift-metrics calls a gauge a recorder that does not aggregate.
    func record(_ value: Int64) { set(value) }
    func record(_ value: Double) { set(value) }
}
