internal import LipSync
public import Metrics
internal import Telemetry

/// What is measured of sessions, for all of them together.
public struct SessionMetrics: Sendable {
    /// Sessions and responses that were refused for lack of capacity.
    public let refused: Counter
    private let speaking: Meter
    private let firstFrame: Timer
    private let steps: [ResponseTimeline.Step: Timer]
    private let ownShare: Timer
    private let skew: Recorder

    /// - Parameter factory: where the metrics are kept.
    public init(factory: any MetricsFactory = MetricsSystem.factory) {
        refused = Counter(.capacityRefused, factory: factory)
        speaking = Meter(.sessionsSpeaking, factory: factory)
        firstFrame = Timer(.firstFrame, factory: factory)
        steps = [ResponseTimeline.Step: Timer](
            uniqueKeysWithValues: ResponseTimeline.Step.allCases.dropFirst().map { step in
                (step, Timer(.responseStep, ["step": step.rawValue], factory: factory))
            })
        ownShare = Timer(.responseOwnShare, factory: factory)
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

    /// An answer reached the step at which its first frame leaves, or the one at which it is shown.
    func record(_ step: ResponseTimeline.Step, in timeline: ResponseTimeline) {
        guard step == .firstFrameSent else { return record([step], in: timeline) }
        if let latency = timeline.time(from: .responseCreated, to: step) { firstFrame.record(duration: latency) }
        // What was typed, or ended by a button, has no silence before it: in one histogram they would hide each other.
        if timeline.has(.userStopped), let own = timeline.ownShare { ownShare.record(duration: own) }
        record(ResponseTimeline.Step.allCases.filter { $0 != .firstFrameShown }, in: timeline)
    }

    private func record(_ reached: [ResponseTimeline.Step], in timeline: ResponseTimeline) {
        guard timeline.has(.userStopped) else { return }
        for step in reached {
            if let time = timeline.time(to: step) { steps[step]?.record(duration: time) }
        }
    }

    /// A frame was given to the outbox.
    func record(_ frame: Film.SentFrame, _ outcome: SendOutcome, in metrics: FrameMetrics) {
        switch outcome {
        case .queued: if frame.isLate { metrics.late.increment() }
        case .droppedUntilKeyframe: metrics.droppedForClient.increment()
        case .closed: break
        }
    }
}
