import Batching
import Inference
import LipSync

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
    /// - Throws: what the runner throws; ``WarmUp``.
    init(
        _ name: InferenceDevice, measuring runner: Runner, sizes: BatchSizes, _ placement: MuseTalkModel.Placement,
        observer: any BatchObserver, report: @Sendable (FaceDeviceReport) -> Void
    ) async throws {
        let found = try await placement.warmUp(of: name).measure(runner, sizes: sizes) { size, time in
            report(.measured(name, size: size, time: time))
        }
        self.name = name
        largestBatch = found.times.last?.size ?? 1
        switch found.limit {
        case .time: report(.noTime(name, largest: largestBatch))
        case .memory: report(.noMemory(name, largest: largestBatch))
        case nil: break
        }
        batcher = FrameBatcher(
            runner,
            configuration: .init(
                sizes: BatchSizes(upTo: largestBatch), policy: placement.policy, memory: placement.memory,
                fps: FrameTiming.fps),
            observer: observer)
        for (size, time) in found.times { await batcher.record(time, forSize: size) }
    }
}
