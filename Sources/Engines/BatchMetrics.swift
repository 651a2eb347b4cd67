public import Batching
import LipSync
public import Metrics
import Synchronization
import Telemetry

/// What is measured of a device that makes the frames of an engine in batches.
public final class BatchMetrics: BatchObserver {
    private let batches: StudioMetrics
    private let dropped: Counter
    private let outOfMemory: Counter
    private let alarm: Meter
    private let device: String
    private let factory: any MetricsFactory
    /// Of each size that was seen: looking one up takes a lock once a batch, not once a frame.
    private let times = Mutex<[Int: Timer]>([:])

    /// - Parameters:
    ///   - engine: its name.
    ///   - device: as `--device` calls it.
    ///   - factory: where the metrics are kept.
    public init(engine: String, device: String, factory: any MetricsFactory = MetricsSystem.factory) {
        self.device = device
        self.factory = factory
        batches = StudioMetrics(device: device, factory: factory)
        dropped = Counter(
            .framesDropped, ["engine": engine, "device": device, "reason": "deadline"], factory: factory)
        outOfMemory = Counter(.outOfMemory, ["device": device], factory: factory)
        alarm = Meter(.memoryAlarm, ["device": device], factory: factory)
    }

    /// A batch is made.
    public func finished(size: Int, took: Duration, limit: Int, capacity: Double) {
        batches.finished(size: size, took: took, limit: limit, capacity: capacity)
        time(ofSize: size).record(duration: took)
    }

    /// A job waited.
    public func waited(_ time: Duration) { batches.waited(time) }
    /// Jobs were dropped.
    public func dropped(_ count: Int) { dropped.increment(by: count) }
    /// There was no memory for a batch.
    public func ranOutOfMemory(size: Int) { outOfMemory.increment() }
    /// Memory is short, or is no longer.
    public func memoryAlarm(_ isAlarmed: Bool) { alarm.set(isAlarmed ? 1 : 0) }

    private func time(ofSize size: Int) -> Timer {
        times.withLock { times in
            if let known = times[size] { return known }
            let new = Timer(.inferenceTime, ["device": device, "batch_size": "\(size)"], factory: factory)
            times[size] = new
            return new
        }
    }
}
