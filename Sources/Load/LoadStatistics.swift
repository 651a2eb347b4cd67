import Histogram

/// What all clients of a load test have experienced so far.
struct LoadStatistics {
    /// Distributions of times, in microseconds up to a minute, to three digits.
    struct Times {
        private var histogram = Histogram<UInt32>(
            highestTrackableValue: 60_000_000, numberOfSignificantValueDigits: .three)

        mutating func record(_ time: Duration) {
            let microseconds = max(0, time / .microseconds(1))
            _ = histogram.record(min(UInt64(microseconds), 60_000_000))
        }

        /// The usual percentiles in milliseconds; nil if nothing was recorded.
        var distribution: LoadReport.Distribution? {
            guard histogram.totalCount > 0 else { return nil }
            func milliseconds(_ microseconds: UInt64) -> Double { Double(microseconds) / 1_000 }
            return LoadReport.Distribution(
                count: Int(histogram.totalCount), p50: milliseconds(histogram.valueAtPercentile(50)),
                p95: milliseconds(histogram.valueAtPercentile(95)), p99: milliseconds(histogram.valueAtPercentile(99)),
                max: milliseconds(histogram.maxRecorded))
        }
    }

    /// Clients that are connected now.
    var connected = 0
    /// The most that were connected at a time.
    private(set) var peakConnected = 0
    private(set) var utterances = 0
    private(set) var frames = 0
    private(set) var lateFrames = 0
    private(set) var missingFrames = 0
    private(set) var lateAudio = 0
    private(set) var bytesReceived = 0
    private(set) var bytesSent = 0
    private(set) var errors: [String: Int] = [:]
    private var firstAudio = Times()
    private var firstFrame = Times()
    private var lateness = Times()
    private var jitter = Times()
    private var steps: [String: Times] = [:]
    private var ownShare = Times()

    /// A client has connected.
    mutating func joined() {
        connected += 1
        peakConnected = max(peakConnected, connected)
    }

    /// A message came.
    mutating func received(bytes: Int) { bytesReceived += bytes }

    /// A message went out.
    mutating func sent(bytes: Int) { bytesSent += bytes }

    /// Something went wrong; equal messages are counted together.
    mutating func failed(_ message: String) { errors[message, default: 0] += 1 }

    /// A frame came.
    mutating func record(_ arrival: UtteranceTiming.Arrival) {
        frames += 1
        lateness.record(arrival.lateness)
        if arrival.lateness > .zero { lateFrames += 1 }
        if let time = arrival.jitter { jitter.record(time) }
    }

    /// An utterance has ended, or the test has while it went on: then frames that did not come are not missing.
    mutating func record(_ timing: UtteranceTiming, isComplete: Bool) {
        if let time = timing.firstAudio { firstAudio.record(time - timing.requested) }
        if let time = timing.firstFrame { firstFrame.record(time - timing.requested) }
        lateAudio += timing.lateAudio
        guard isComplete else { return }
        utterances += 1
        missingFrames += max(0, timing.expectedFrames - timing.frames)
    }

    /// An event came: the server's own account of an answer is kept.
    mutating func record(_ event: Wire.Event) {
        for (step, milliseconds) in event.stepsMs ?? [:] {
            steps[step, default: Times()].record(.microseconds(Int64(milliseconds * 1000)))
        }
        if let own = event.ownMs { ownShare.record(.microseconds(Int64(own * 1000))) }
    }

    /// Everything, as it is reported.
    func report(of plan: LoadPlan, seconds: Double, server: ProcessUsage?, client: ProcessUsage?) -> LoadReport {
        LoadReport(
            sessions: plan.sessions, connected: peakConnected, seconds: seconds, utterances: utterances,
            frames: .init(received: frames, late: lateFrames, missing: missingFrames),
            lateAudio: lateAudio, firstAudio: firstAudio.distribution, firstFrame: firstFrame.distribution,
            lateness: lateness.distribution, jitter: jitter.distribution,
            steps: steps.compactMapValues(\.distribution), ownShare: ownShare.distribution,
            bytesReceived: bytesReceived,
            bytesSent: bytesSent, errors: errors, server: server, client: client)
    }
}
