/// When an answer reached its steps, from the user's last word to the picture on their display.
///
/// All instants are those of the session's clock. A step is reached once: what comes later does not change it.
struct ResponseTimeline: Sendable, Equatable {
    /// In the order in which they are reached; `transcript` can come at any time after the turn.
    enum Step: String, Sendable, CaseIterable {
        /// The user fell silent: the end of the turn without the silence that showed it.
        case userStopped = "user_stopped"
        /// The turn became an item.
        case turnCommitted = "turn_committed"
        /// The responder was asked.
        case responseCreated = "response_created"
        /// The words of the turn were known.
        case transcript
        /// The responder began to answer.
        case firstToken = "first_token"
        /// The first sound was there, and left for the client.
        case firstAudio = "first_audio"
        /// The first frame left for the client.
        case firstFrameSent = "first_frame_sent"
        /// The first frame was on the user's display, as the client says.
        case firstFrameShown = "first_frame_shown"
    }

    /// The item that the turn became; nil if there was none.
    var turnID: String?
    /// The silence that ended the turn; zero if the client ended it.
    let silence: Duration
    /// Whether the responder asks a service elsewhere: what that takes is not ours.
    private(set) var waitsForUpstream = false
    private var instants: [Step: Duration] = [:]

    /// A turn that the user ended, or the client.
    /// - Parameters:
    ///   - userStopped: when the user fell silent; nil if that is not known.
    ///   - silence: how long the session waited after it.
    init(userStopped: Duration? = nil, silence: Duration = .zero) {
        self.silence = silence
        instants[.userStopped] = userStopped
    }

    /// Takes note that `step` is reached at `now`, unless it was before.
    mutating func reached(_ step: Step, at now: Duration) {
        guard instants[step] == nil else { return }
        instants[step] = now
    }

    /// Takes note that the responder is asked at `now`.
    mutating func asksResponder(at now: Duration, isUpstream: Bool) {
        reached(.responseCreated, at: now)
        waitsForUpstream = isUpstream
    }

    /// True once `step` is reached.
    func has(_ step: Step) -> Bool { instants[step] != nil }

    /// From the first step that is known to `step`; nil if it is not reached.
    func time(to step: Step) -> Duration? {
        guard let instant = instants[step], let origin else { return nil }
        return instant - origin
    }

    /// From one step to another; nil if one is not reached.
    func time(from first: Step, to last: Step) -> Duration? {
        guard let start = instants[first], let end = instants[last] else { return nil }
        return end - start
    }

    /// How long services elsewhere took until the first sound; zero if none was asked, nil if there is no sound yet.
    var upstream: Duration? {
        guard let wait = time(from: .responseCreated, to: .firstAudio) else { return nil }
        return waitsForUpstream ? wait : .zero
    }

    /// What is our own of the time to the first frame: neither the silence that ends a turn, nor the wait for services
    /// elsewhere.
    var ownShare: Duration? {
        guard let time = time(to: .firstFrameSent), let upstream else { return nil }
        return time - silence - upstream
    }

    private var origin: Duration? {
        instants[.userStopped] ?? instants[.turnCommitted] ?? instants[.responseCreated]
    }
}
