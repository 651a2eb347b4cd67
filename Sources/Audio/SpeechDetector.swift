/// Hears whether somebody speaks, in sound that comes piece by piece, 24 kHz mono.
///
/// A detector belongs to one session: it remembers what came before. Those that have scratch memory cannot be copied.
public protocol SpeechDetector: ~Copyable {
    /// Takes the next samples, any number of them, and calls `body` with the probability that somebody speaks, 0…1:
    /// once for each 10 ms of sound, in their order, at the latest when 40 ms more have come.
    mutating func process(_ samples: [Int16], _ body: (_ probability: Float) -> Void)
}

/// Makes a detector for a session that begins to hear.
public typealias SpeechDetectorFactory = @Sendable () -> any SpeechDetector & ~Copyable
