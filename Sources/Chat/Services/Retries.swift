/// Whether a service that failed is asked again, and when: twice at most, and only while the user still waits.
struct Retries: Equatable {
    private var left = 2
    /// How long may be waited in all.
    private var budget: Duration

    /// - Parameter budget: how long may be waited in all.
    init(budget: Duration) { self.budget = budget }

    /// How long to wait before the next attempt; nil if there is to be none.
    mutating func pause(after failure: ServiceError.Failure) -> Duration? {
        guard left > 0, let pause = wish(after: failure), pause <= budget else { return nil }
        left -= 1
        budget -= pause
        return pause
    }

    private func wish(after failure: ServiceError.Failure) -> Duration? {
        switch failure {
        case .refused(429, _, let retryAfter): retryAfter ?? backOff
        case .refused(500..., _, let retryAfter): retryAfter ?? backOff
        case .unreachable: backOff
        case .refused, .stalled, .lost, .malformed: nil
        }
    }

    private var backOff: Duration { left > 1 ? .milliseconds(200) : .milliseconds(800) }
}
