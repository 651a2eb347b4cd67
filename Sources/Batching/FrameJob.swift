/// One frame that somebody waits for.
public struct FrameJob: Sendable, Equatable {
    /// A number that no other job of the same scheduler has.
    public typealias ID = Int
    /// A number that no other utterance of the same scheduler has.
    public typealias Utterance = Int

    /// When a frame is wanted. Instants are on the scheduler's clock.
    public enum Urgency: Sendable, Equatable {
        /// The first of an utterance: at once, before all others, since a person waits for it and nothing is buffered.
        /// After its deadline it is dropped all the same.
        case first(deadline: Duration)
        /// One that is shown at a known time.
        case live(deadline: Duration)
        /// One of a film that nobody watches while it is made: whenever there is time.
        case bulk

        /// The instant after which the frame is of no use; nil if it always is.
        public var deadline: Duration? {
            switch self {
            case .first(let deadline), .live(let deadline): deadline
            case .bulk: nil
            }
        }

        var isFirst: Bool {
            if case .first = self { true } else { false }
        }
    }

    /// Its number.
    public let id: ID
    /// The utterance to which it belongs.
    public let utterance: Utterance
    /// When it is wanted.
    public let urgency: Urgency

    /// Puts the parts together.
    public init(id: ID, utterance: Utterance, urgency: Urgency) {
        self.id = id
        self.utterance = utterance
        self.urgency = urgency
    }
}
