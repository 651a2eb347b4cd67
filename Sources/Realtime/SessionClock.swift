/// The time that a session goes by: monotonic, from an arbitrary origin.
public protocol SessionClock: Sendable {
    /// Time since the origin.
    var now: Duration { get }

    /// Suspends until `deadline`; returns at once if it has passed.
    /// - Throws: `CancellationError` if the task is cancelled first.
    func sleep(until deadline: Duration) async throws
}

/// The machine's monotonic clock; its origin is when this value was made.
public struct MonotonicClock: SessionClock {
    private let origin = ContinuousClock.now

    /// Starts at zero now.
    public init() {}

    /// Time since this value was made.
    public var now: Duration { ContinuousClock.now - origin }

    /// Suspends until `deadline`.
    public func sleep(until deadline: Duration) async throws {
        try await Task.sleep(until: origin + deadline, tolerance: .zero, clock: .continuous)
    }
}
