import Dispatch

/// A thread on which graphs run, one after the other, off Swift's own threads, of which there are only as many as cores
/// and which must not block. It is the executor of whatever actor owns the bindings:
///
///     actor Painter {
///         private let queue = InferenceQueue("painter")
///         nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }
///         private let binding: Binding
///
///         func paint(_ frame: Int64) throws -> [UInt8] {
///             try Task.checkCancellation()  // Who has waited in vain for the thread does not use it.
///             …
///         }
///     }
public final class InferenceQueue: SerialExecutor {
    private let queue: DispatchQueue

    /// - Parameter name: what debuggers call it.
    public init(_ name: String) { queue = DispatchQueue(label: "visavis.inference.\(name)") }

    /// Runs a job after those that came before it.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
