internal import Audio

/// How far the speech of a response has got: what the responder gave, and what of it was sent.
struct SpeechProgress: Sendable {
    /// What was given, with its words.
    private(set) var transcript = SpokenTranscript()
    private(set) var pacer: Pacer
    private(set) var sentSamples = 0
    /// True if no more follows.
    private(set) var isComplete = false

    /// - Parameter start: when the client can hear it at the earliest.
    init(start: Duration) {
        pacer = Pacer(start: start)
    }

    /// How many samples were given.
    var sampleCount: Int { transcript.sampleCount }

    /// Takes words.
    mutating func append(transcript words: String) { transcript.append(words) }

    /// Takes sound; it is to be sent with ``sends(samples:at:)``.
    mutating func append(samples: Int) { transcript.append(samples: samples) }

    /// Says that no more follows.
    mutating func finish() { isComplete = true }

    /// When the next sound may be sent.
    var nextInstant: Duration { pacer.instant(toSend: sentSamples) }

    /// Takes note that the next samples are sent.
    mutating func sends(samples: Int, at now: Duration) {
        pacer.sends(from: sentSamples, at: now)
        sentSamples += samples
    }
}
