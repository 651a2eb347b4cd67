import Batching
import Inference

extension FacePool {
    /// One of the devices, measured.
    struct Device: Sendable {
        let name: InferenceDevice
        let batcher: FrameBatcher<Runner>
        /// The most frames that it makes in one run.
        let largestBatch: Int
    }
}

extension FacePool.Device {
    /// Measures a device, and has it make no larger batches than it was found to be able to.
    /// - Parameters:
    ///   - budget: how long measuring may take.
    ///   - configuration: its sizes are those that are wished for.
    ///   - report: is told what was found.
    /// - Throws: what the runner throws; running out of memory only with a single frame.
    init(
        _ name: InferenceDevice, measuring runner: Runner, within budget: Duration,
        _ configuration: BatchScheduler.Configuration, observer: any BatchObserver = NoBatchObserver(),
        report: (FaceDeviceReport) -> Void
    ) async throws {
        let warmUp = WarmUp(budget: budget)
        let found = try await warmUp.measure(runner, sizes: configuration.sizes) { size, time in
            report(.measured(name, size: size, time: time))
        }
        self.name = name
        largestBatch = found.times.last?.size ?? 1
        switch found.limit {
        case .time: report(.noTime(name, largest: largestBatch))
        case .memory: report(.noMemory(name, largest: largestBatch))
        case nil: break
        }
        var configuration = configuration
        configuration.sizes = BatchSizes(upTo: largestBatch)
        batcher = FrameBatcher(runner, configuration: configuration, observer: observer)
        for (size, time) in found.times { await batcher.record(time, forSize: size) }
    }
}
