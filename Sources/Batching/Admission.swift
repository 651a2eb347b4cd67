/// Lets in only as many as a machine can carry, so that nobody who already talks suffers.
public struct Admission: Sendable, Equatable {
    /// Frames that an utterance needs in a second.
    public var fps: Int
    /// The share of what was measured that is given away: speed varies.
    public var headroom: Double
    /// The share of its time in which a session speaks, above 0 and at most 1: so many more are let in than can speak
    /// at the same time.
    public var speakingShare: Double

    /// How long utterances last, smoothed.
    private var typicalLength = Duration.seconds(4)

    /// Nobody has spoken yet.
    public init(fps: Int = 25, headroom: Double = 0.85, speakingShare: Double = 0.1) {
        self.fps = fps
        self.headroom = headroom
        self.speakingShare = speakingShare
    }

    /// How many may speak at the same time: at least one, however slow the machine is.
    /// - Parameter capacity: frames a second; infinite if it is not known.
    public func maximumSpeaking(capacity: Double) -> Int {
        let utterances = capacity * headroom / Double(fps)
        return utterances < Double(Int32.max) ? max(1, Int(utterances)) : Int(Int32.max)
    }

    /// How many may be connected.
    public func maximumSessions(capacity: Double) -> Int {
        Int(Double(maximumSpeaking(capacity: capacity)) / speakingShare)
    }

    /// An utterance has ended that lasted so long.
    public mutating func ended(after length: Duration) { typicalLength += (length - typicalLength) / 8 }

    /// Why no other utterance may begin; nil if it may.
    public func refusal(speaking: Int, capacity: Double) -> BatchingError? {
        let limit = maximumSpeaking(capacity: capacity)
        // Of those who speak, who are anywhere in their utterances, one will probably have ended by then.
        return speaking < limit ? nil : .tooManySpeak(limit: limit, retryAfter: typicalLength / max(1, speaking))
    }

    /// Why no other session may connect; nil if it may.
    public func refusal(sessions: Int, capacity: Double) -> BatchingError? {
        let limit = maximumSessions(capacity: capacity)
        return sessions < limit ? nil : .tooManyConnected(limit: limit, retryAfter: .seconds(10))
    }
}
