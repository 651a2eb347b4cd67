import Synchronization

extension Atomic<Double> {
    /// Adds; there is no instruction for it, so that it tries again where another thread was faster.
    func add(_ amount: Double) {
        var before = load(ordering: .relaxed)
        while true {
            let (isDone, now) = weakCompareExchange(expected: before, desired: before + amount, ordering: .relaxed)
            if isDone { return }
            before = now
        }
    }
}
