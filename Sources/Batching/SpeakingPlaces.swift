import Synchronization

/// The places of those who speak: as many as the machine was measured to carry. Asking and taking are one step, so that
/// of all who ask at once only as many as there is room for are let in.
public final class SpeakingPlaces: Sendable {
    private struct State {
        var admission: Admission
        var capacity = Double.infinity
        var speaking = 0
        var sessions = 0
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
    /// - Throws: ``BatchingError/tooManySpeak(limit:retryAfter:)``.
    public func take() throws(BatchingError) -> SpeakingPlace {
        try state.withLock { state throws(BatchingError) in
            if let refusal = state.admission.refusal(speaking: state.speaking, capacity: state.capacity) {
                throw refusal
            }
            state.speaking += 1
        }
        return SpeakingPlace(self)
    }

    /// A place for a session, which speaks now and then.
    /// - Throws: ``BatchingError/tooManyConnected(limit:retryAfter:)``.
    public func connect() throws(BatchingError) -> SessionPlace {
        try state.withLock { state throws(BatchingError) in
            if let refusal = state.admission.refusal(sessions: state.sessions, capacity: state.capacity) {
                throw refusal
            }
            state.sessions += 1
        }
        return SessionPlace(self)
    }

    fileprivate func giveBack(after length: Duration) {
        state.withLock { state in
            state.speaking -= 1
            state.admission.ended(after: length)
        }
    }

    fileprivate func disconnect() { state.withLock { $0.sessions -= 1 } }
}

/// A place among those who speak, free again when nobody holds this any more, however the utterance ends.
public final class SpeakingPlace: Sendable {
    private let places: SpeakingPlaces
    private let start = ContinuousClock.now

    fileprivate init(_ places: SpeakingPlaces) { self.places = places }

    deinit { places.giveBack(after: ContinuousClock.now - start) }
}

/// A place among those who are connected, free again when nobody holds this any more.
public final class SessionPlace: Sendable {
    private let places: SpeakingPlaces

    fileprivate init(_ places: SpeakingPlaces) { self.places = places }

    deinit { places.disconnect() }
}
