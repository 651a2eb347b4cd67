import Metrics
import Synchronization

/// A sum that only grows: whole numbers are added exactly, fractions beside them.
final class CounterSeries: CounterHandler, FloatingPointCounterHandler {
    private let whole = Atomic<Int64>(0)
    private let fraction = Atomic<Double>(0)

    var value: Double { Double(whole.load(ordering: .relaxed)) + fraction.load(ordering: .relaxed) }

    /// Anything but a positive amount is ignored: a counter never goes down.
    func increment(by amount: Int64) {
        guard amount > 0 else { return }
        whole.wrappingAdd(amount, ordering: .relaxed)
    }

    /// Anything but a positive, finite amount is ignored.
    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        fraction.add(amount)
    }

    func reset() {
        whole.store(0, ordering: .relaxed)
        fraction.store(0, ordering: .relaxed)
    }
}
