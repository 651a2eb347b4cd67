/// How people speak: utterances of some length, with silence between them.
public struct SpeechPattern: Sendable, Equatable {
    /// When sessions speak first.
    public enum Arrival: String, Sendable, CaseIterable {
        /// As if they had been there for long: each is somewhere between two utterances, or speaks in a moment.
        case steady
        /// All begin within a tenth of a second.
        case burst
    }

    /// When sessions speak first.
    public var arrival = Arrival.steady
    /// The share of its time in which a session speaks.
    public var share = 0.3
    /// How long utterances are, in seconds; all lengths are as likely.
    public var utteranceSeconds = 2.0...10.0

    /// Which shares there may be.
    public static let shares = 0.001...1.0
    /// How long utterances may be, in seconds.
    public static let lengths = 0.1...600.0

    /// The defaults.
    public init() {}

    /// Seconds from the start to a session's first utterance.
    func firstBegin(_ random: inout RandomNumbers) -> Double {
        switch arrival {
        case .burst: random.uniform(0...0.1)
        case .steady where random.uniform(0...1) < share: random.uniform(0...meanLength)
        case .steady: silence(&random)
        }
    }

    /// Seconds of an utterance.
    func length(_ random: inout RandomNumbers) -> Double { random.uniform(utteranceSeconds) }

    /// Seconds from the end of an utterance to the next one: people speak whenever they like.
    func silence(_ random: inout RandomNumbers) -> Double {
        random.exponential(mean: meanLength * (1 - share) / share)
    }

    private var meanLength: Double { (utteranceSeconds.lowerBound + utteranceSeconds.upperBound) / 2 }
}
