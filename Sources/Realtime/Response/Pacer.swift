internal import Audio

/// Decides when sound and picture of an utterance may be sent.
///
/// What comes first leaves at once, so that the answer starts without delay; from then on the server runs ahead of
/// the client's playback by a little, then by more, up to ``maximumLeadMs``: enough for a stumbling network, and
/// not more work than an interruption would waste. All arithmetic is in integers, so nothing drifts.
struct Pacer: Sendable, Equatable {
    /// How far ahead of playback may be sent at first.
    static let initialLeadMs = 400
    /// How far ahead of playback may be sent at most. The lead grows by half of the time played.
    static let maximumLeadMs = 2000

    /// When sample 0 is heard at the earliest.
    private(set) var start: Duration

    /// - Parameter start: when sample 0 is heard at the earliest: when it is sent, or when what is played before it ends.
    init(start: Duration) {
        self.start = start
    }

    /// The first instant at which what is played at `sample` may be sent.
    func instant(toSend sample: Int) -> Duration {
        let pts = SpeechFormat.microseconds(ofSample: sample)
        let initial = Self.initialLeadMs * 1000
        let maximum = Self.maximumLeadMs * 1000
        guard pts > initial else { return .zero }
        // played + lead(played) = pts, where lead(played) = min(initial + played / 2, maximum)
        let whileGrowing = (pts - initial) * 2 / 3
        let played = whileGrowing / 2 < maximum - initial ? whileGrowing : pts - maximum
        return start + .microseconds(played)
    }

    /// The sample that is being heard at `now`, if the client has everything up to it.
    func playhead(at now: Duration) -> Int {
        max(SpeechFormat.samples(inMicroseconds: (now - start).microseconds), 0)
    }

    /// When sample `sample` is heard.
    func instant(heard sample: Int) -> Duration {
        start + .microseconds(SpeechFormat.microseconds(ofSample: sample))
    }

    /// Takes note that sound from `first` on is sent at `now`. If that is too late for it to follow what was played
    /// before, the client ran dry and waits for it: playback of all that follows is that much later.
    mutating func sends(from first: Int, at now: Duration) {
        start = max(start, now - .microseconds(SpeechFormat.microseconds(ofSample: first)))
    }
}

extension Duration {
    /// Whole microseconds.
    var microseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
    }
}
