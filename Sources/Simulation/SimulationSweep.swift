/// Where a policy breaks: simulations of ever more sessions, without admission, which would not let it come to that.
public struct SimulationSweep: Sendable, Equatable, Encodable {
    /// The share of frames that has to be on time.
    public static let goal = 0.99

    /// The policy.
    public var policy: String
    /// One for each number of sessions that was tried, increasing.
    public var reports: [SimulationReport]
    /// The most sessions that were tried and reached the ``goal``; 0 if none did.
    public var largest: Int
    /// The most sessions that admission would let in.
    public var admitted: Int

    /// Tries 1, 2, 5, 10 … sessions, up to those of the plan or until the goal is missed, and then looks for the limit
    /// to within 2 %.
    /// - Parameter progress: called before each simulation with its number of sessions.
    /// - Throws: ``SimulationError``.
    public static func run(
        _ plan: SimulationPlan, progress: (Int) -> Void = { _ in }
    ) throws(SimulationError) -> SimulationSweep {
        try plan.validate()
        var sweep = SimulationSweep(
            policy: "\(plan.policy)", reports: [], largest: 0, admitted: Simulation.maximumSessions(plan))
        for sessions in ladder(to: plan.sessions) {
            progress(sessions)
            if try !sweep.try(sessions, of: plan) { break }
        }
        while let missed = sweep.reports.first(where: { $0.onTimeShare < goal })?.sessions,
            missed - sweep.largest > max(1, sweep.largest / 50)
        {
            let middle = (missed + sweep.largest) / 2
            progress(middle)
            _ = try sweep.try(middle, of: plan)
        }
        return sweep
    }

    private mutating func `try`(_ sessions: Int, of plan: SimulationPlan) throws(SimulationError) -> Bool {
        var plan = plan
        plan.sessions = sessions
        plan.hasAdmission = false
        let report = try Simulation.run(plan)
        reports.insert(report, at: reports.firstIndex { $0.sessions > sessions } ?? reports.count)
        let isGood = report.onTimeShare >= Self.goal
        if isGood { largest = max(largest, sessions) }
        return isGood
    }

    private static func ladder(to limit: Int) -> [Int] {
        let rungs = [1, 10, 100, 1000, 10_000].flatMap { power in [1, 2, 5].map { $0 * power } }
        return rungs.filter { $0 < limit } + [limit]
    }

    enum CodingKeys: String, CodingKey {
        case policy, reports
        case largest = "largest_on_time"
        case admitted = "admission_limit"
    }
}
