public import Metrics
import Telemetry

/// What is counted of an engine's frames. Made once and kept, because making it looks metrics up under a lock.
public struct FrameMetrics: Sendable {
    /// Frames painted and encoded.
    public let made: Counter
    /// Frames that were sent too late to be shown with their sound.
    public let late: Counter
    /// Frames for which there was no time: the one before came once more.
    public let droppedForDeadline: Counter
    /// Frames that were not sent, because their client reads too slowly.
    public let droppedForClient: Counter
    /// Time to compress one.
    let encoding: Timer

    /// The metrics of an engine on a device.
    /// - Parameter factory: where they are kept.
    public init(engine: String, device: String, factory: any MetricsFactory = MetricsSystem.factory) {
        made = Counter(.framesMade, ["engine": engine, "device": device], factory: factory)
        late = Counter(.framesLate, ["engine": engine, "device": device], factory: factory)
        droppedForDeadline = Counter(
            .framesDropped, ["engine": engine, "device": device, "reason": "deadline"], factory: factory)
        droppedForClient = Counter(
            .framesDropped, ["engine": engine, "device": device, "reason": "client"], factory: factory)
        encoding = Timer(.encoderTime, factory: factory)
    }
}
