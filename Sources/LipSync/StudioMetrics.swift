public import Batching
public import Metrics
import Telemetry

/// What is measured of a ``FrameStudio``; metrics call the processor as it paints and compresses `studio`.
public struct StudioMetrics: BatchObserver {
    private let sizes: Recorder
    private let largest: Meter
    private let wait: Timer

    /// - Parameter factory: where the metrics are kept.
    public init(factory: any MetricsFactory = MetricsSystem.factory) {
        sizes = Recorder(.batchSize, ["device": "studio"], factory: factory)
        largest = Meter(.batchSizeCurrent, ["device": "studio"], factory: factory)
        wait = Timer(.queueWait, ["device": "studio"], factory: factory)
    }

    /// Frames were made in a row.
    public func finished(size: Int, took: Duration, limit: Int, capacity: Double) {
        sizes.record(size)
        largest.set(limit)
    }

    /// A frame waited for its turn.
    public func waited(_ time: Duration) { wait.record(duration: time) }
}
