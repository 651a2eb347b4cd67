public import Batching
public import Metrics
import Telemetry

/// What is measured of all that makes frames in batches: of a ``FrameStudio``, nothing more. Metrics call the processor as
/// it paints and compresses `studio`.
public struct StudioMetrics: BatchObserver {
    private let sizes: Recorder
    private let largest: Meter
    private let wait: Timer

    /// - Parameters:
    ///   - device: what metrics call it.
    ///   - factory: where they are kept.
    public init(device: String = "studio", factory: any MetricsFactory = MetricsSystem.factory) {
        sizes = Recorder(.batchSize, ["device": device], factory: factory)
        largest = Meter(.batchSizeCurrent, ["device": device], factory: factory)
        wait = Timer(.queueWait, ["device": device], factory: factory)
    }

    /// Frames were made in a row.
    public func finished(size: Int, took: Duration, limit: Int, capacity: Double) {
        sizes.record(size)
        largest.set(limit)
    }

    /// A frame waited for its turn.
    public func waited(_ time: Duration) { wait.record(duration: time) }
}
