internal import LipSync
public import Metrics
internal import Telemetry

/// What is measured of sessions, for all of them together.
public struct SessionMetrics: Sendable {
    /// Sessions and responses that were refused for lack of capacity.
    public let refused: Counter
    private let speaking: Meter
    private let firstFrame: Timer
    private let skew: Recorder

    /// - Parameter factory: where the metrics are kept.
    public init(factory: any MetricsFactory = MetricsSystem.factory) {
        refused = Counter(.capacityRefused, factory: factory)
        speaking = Meter(.sessionsSpeaking, factory: factory)
        firstFrame = Timer(.firstFrame, factory: factory)
        skew = Recorder(.avSkew, factory: factory)
    }

    /// Counts a session as speaking for as long as it is referenced, however the response ends.
    final class Speaking: Sendable {
        private let sessions: Meter

        fileprivate init(_ sessions: Meter) {
            self.sessions = sessions
            sessions.increment()
        }

        deinit { sessions.decrement() }
    }

    /// A response begins.
    func beginSpeaking() -> Speaking { Speaking(speaking) }

    /// The client reports how far picture and sound of some frames were apart, in milliseconds.
    func record(skewMs: [Double]) {
        for skew in skewMs { self.skew.record(abs(skew) / 1000) }
    }

    /// A frame was given to the outbox.
    func record(_ frame: ActiveResponse.SentFrame, _ outcome: SendOutcome, in metrics: FrameMetrics) {
        if let latency = frame.firstFrameLatency { firstFrame.record(duration: latency) }
        switch outcome {
        case .queued: if frame.isLate { metrics.late.increment() }
        case .droppedUntilKeyframe: metrics.droppedForClient.increment()
        case .closed: break
        }
    }
}
