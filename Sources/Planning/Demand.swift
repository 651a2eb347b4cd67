/// What is asked for.
public struct Demand: Sendable, Equatable, Encodable {
    /// How many people are connected.
    public var sessions: Int
    /// The share of their time in which they are being answered: the avatar speaks. Above 0, at most 1.
    public var speakingShare: Double
    /// Frames a second.
    public var fps: Double
    /// How long a first frame may take, from the sound that it shows, in seconds.
    public var latency: Double
    /// What all cards may cost together, in the catalogue's currency; nil for any price.
    public var budget: Double?
    /// The share of the time in which all who speak at once have to be carried, above 0 and below 1.
    public var certainty: Double

    /// The numbers of sessions that can be planned for.
    public static let sessionCounts = 1...1_000_000

    /// Makes a demand.
    /// - Throws: ``PlanningError/demand(name:found:expected:)``.
    public init(
        sessions: Int, speakingShare: Double = 0.3, fps: Double = 25, latency: Double = 0.2, budget: Double? = nil,
        certainty: Double = 0.99
    ) throws(PlanningError) {
        func check(_ name: String, _ value: Double, _ holds: Bool, _ expected: String) throws(PlanningError) {
            guard holds else { throw .demand(name: name, found: "\(value)", expected: "a number \(expected)") }
        }
        guard Self.sessionCounts.contains(sessions) else {
            throw .demand(
                name: "sessions", found: "\(sessions)",
                expected: "a number from \(Self.sessionCounts.lowerBound) to \(Self.sessionCounts.upperBound)")
        }
        try check("speaking share", speakingShare, speakingShare > 0 && speakingShare <= 1, "above 0, at most 1")
        try check("fps", fps, (1...240).contains(fps), "from 1 to 240")
        try check("latency", latency, (0.001...60).contains(latency), "of seconds from 0.001 to 60")
        try check("certainty", certainty, (0.5...0.999_999).contains(certainty), "from 0.5 to 0.999999")
        if let budget { try check("budget", budget, (1...1e12).contains(budget), "from 1 to 1e12") }
        self.sessions = sessions
        self.speakingShare = speakingShare
        self.fps = fps
        self.latency = latency
        self.budget = budget
        self.certainty = certainty
    }

    /// How many speak at once: in all but `1 - certainty` of the time no more than this. Each is taken to speak when
    /// they like, so that their number is binomial. The mean would be too few cards half of the time. At least one.
    public var speakersAtOnce: Int {
        max(1, Binomial(trials: sessions, probability: speakingShare).quantile(certainty))
    }

    enum CodingKeys: String, CodingKey {
        case sessions, fps, budget, certainty
        case speakingShare = "speaking_share"
        case latency = "latency_s"
    }
}
