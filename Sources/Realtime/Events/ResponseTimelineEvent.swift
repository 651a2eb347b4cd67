/// When an answer reached its steps, so far. Not in OpenAI's protocol.
struct ResponseTimelineEvent: ServerEvent {
    static let type = "response.timeline"
    var responseID: String
    var itemID: String
    /// The silence that ended the turn.
    var silenceMs: Double
    /// Milliseconds since the first step, by the names of the steps that are reached.
    var stepsMs: [String: Double]
    /// What services elsewhere took.
    var upstreamMs: Double?
    /// What is our own of the time to the first frame.
    var ownMs: Double?

    init(_ timeline: ResponseTimeline, responseID: String, itemID: String) {
        self.responseID = responseID
        self.itemID = itemID
        silenceMs = timeline.silence.tenthsOfMilliseconds
        stepsMs = [:]
        for step in ResponseTimeline.Step.allCases {
            stepsMs[step.rawValue] = timeline.time(to: step)?.tenthsOfMilliseconds
        }
        upstreamMs = timeline.upstream?.tenthsOfMilliseconds
        ownMs = timeline.ownShare?.tenthsOfMilliseconds
    }
}

extension Duration {
    /// Milliseconds with one decimal: more would be noise.
    fileprivate var tenthsOfMilliseconds: Double {
        (Double(microseconds) / 100).rounded() / 10
    }
}
