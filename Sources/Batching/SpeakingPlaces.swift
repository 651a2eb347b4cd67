import Synchronization

/// The places of those who speak: as many as the machine was measured to carry. Asking and taking are one step, so that
/// of all who ask at once only as many as there is room for are let in.
public final class SpeakingPlaces: Sendable {
    private struct State {
        var admission: Admission
        var capacity = Double.infinity
        var speaking = 0
    }

    private let state: Mutex<State>

    /// All are free, and their number is not known yet.
    public init(_ admission: Admission = Admission()) { state = Mutex(State(admission: admission)) }

    /// Takes note of how many frames a second the machine makes.
    public func setCapacity(_ framesPerSecond: Double) { state.withLock { $0.capacity = framesPerSecond } }

    /// How many speak.
    public var speaking: Int { state.withLock { $0.speaking } }

    /// How many may speak at the same time.
    public var maximum: Int { state.withLock { $0.admission.maximumSpeaking(capacity: $0.capacity) } }

    /// A place for an utterance.
    /// - Throws: ``BatchingError/capacityExceeded(speaking:retryAfter:)``.
    public func take() throws(BatchingError) -> SpeakingPlace {
        try state.withLock { state throws(BatchingError) in
            if let refusal = state.admission.refusal(speaking: state.speaking, capacity: state.capacity) {
                throw refusal
            }
            state.speaking += 1
        }
        return SpeakingPlace(self)
    }

    /// Why no other session may connect; nil if it may.
    /// - Parameter sessions: how many are connected.
    public func refusal(sessions: Int) -> BatchingError? {
        state.withLock { state in
            guard sessions >= state.admission.maximumSessions(capacity: state.capacity) else { return nil }
            return .capacityExceeded(
                speaking: state.speaking, retryAfter: state.admission.retryAfter(speaking: state.speaking))
        }
    }

    fileprivate func giveBack(after length: Duration) {
        state.withLock { state in
            state.speaking -= 1
            state.admission.ended(after: length)
        }
    }
}

/// A place among those who speak, free again when nobody holds this any more, however the utterance ends.
public final class SpeakingPlace: Sendable {
    private let places: SpeakingPlaces
    private let start = ContinuousClock.now

    fileprivate init(_ places: SpeakingPlaces) { self.places = places }

    deinit { places.giveBack(after: ContinuousClock.now - start) }
}
