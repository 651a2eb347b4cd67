/// The connection to an upstream: when to open it, and when to try again.
struct UpstreamLink {
    /// How it stands.
    enum State: Equatable {
        /// On its way, until the upstream has opened a session.
        case connecting(since: Duration)
        /// The upstream has opened a session.
        case ready(since: Duration)
        /// Away; tried again at `retryAt`.
        case away(UpstreamFailure, retryAt: Duration)
    }

    /// The pause after the first failure; each further one doubles it.
    private static let firstRetry = Duration.milliseconds(500)

    private let settings: UpstreamSettings
    private let jitter: @Sendable () -> Double
    private(set) var state: State
    /// Why the last attempt failed; nil once one succeeds.
    private(set) var lastFailure: UpstreamFailure?
    /// Failures since the connection last held.
    private var failures = 0
    /// What the upstream complained of while it opened the session: it may close without another word.
    private var complaint: UpstreamEvent.ErrorDetails?

    /// A connection that is being opened.
    /// - Parameter jitter: a random factor from 0.5 to 1, so that not all sessions come back at the same time.
    init(_ settings: UpstreamSettings, at now: Duration, jitter: @escaping @Sendable () -> Double) {
        self.settings = settings
        self.jitter = jitter
        state = .connecting(since: now)
    }

    var isReady: Bool {
        if case .ready = state { true } else { false }
    }

    /// Why it is away, until it is tried again.
    var failure: UpstreamFailure? {
        if case .away(let failure, _) = state { failure } else { nil }
    }

    /// When something has to be done if nothing happens.
    var deadline: Duration? {
        switch state {
        case .connecting(let since): since + settings.connectTimeout
        case .ready: nil
        case .away(_, let retryAt): retryAt
        }
    }

    /// The upstream has opened a session.
    mutating func opened(at now: Duration) {
        state = .ready(since: now)
        lastFailure = nil
        complaint = nil
    }

    /// The upstream complained before it opened a session.
    mutating func complained(_ error: UpstreamEvent.ErrorDetails) { complaint = error }

    /// The connection failed.
    /// - Returns: why, and the pause until it is tried again.
    mutating func failed(_ failure: UpstreamFailure, at now: Duration) -> (UpstreamFailure, retry: Duration) {
        let failure = complaint.map(UpstreamFailure.rejected) ?? failure
        complaint = nil
        if case .ready(let since) = state, now - since >= settings.longestRetry { failures = 0 }
        let doubled = Self.firstRetry * (1 << min(failures, 20))
        failures += 1
        let pause = failure.isRefusal ? settings.longestRetry : min(doubled, settings.longestRetry)
        let retry = max(pause * jitter(), failure.retryAfter ?? .zero)
        state = .away(failure, retryAt: now + retry)
        lastFailure = failure
        return (failure, retry)
    }

    /// It is tried again.
    mutating func retry(at now: Duration) { state = .connecting(since: now) }
}
