import Audio
import Logging

/// One session's ear: brings sound to the network's rate and into its windows.
///
/// The network judges 32 ms at a time; each 10 ms get the probability of the window in which they end. Nothing is
/// allocated for a window.
struct SileroDetector: SpeechDetector, ~Copyable {
    private let stream: SileroStream
    private let resampler: Resampler
    private let logger: Logger
    /// Sound at the network's rate that fills no window yet.
    private var waiting: [Int16] = []
    /// Samples, at 24 kHz, that have been judged and not told.
    private var untold = 0
    /// What hears instead, since the network failed.
    private var replacement: VoiceActivityDetector?

    /// A window's length in samples of 24 kHz.
    private static let windowLength = SileroStream.windowLength * SpeechFormat.sampleRate / SileroStream.sampleRate

    /// - Parameter resampler: from 24 kHz to the network's rate.
    init(_ stream: SileroStream, _ resampler: Resampler, logger: Logger) {
        self.stream = stream
        self.resampler = resampler
        self.logger = logger
        // A tenth of a second, which is what clients send at once, and what may wait.
        waiting.reserveCapacity(SileroStream.sampleRate / 8)
    }

    mutating func process(_ samples: [Int16], _ body: (_ probability: Float) -> Void) {
        guard replacement == nil else {
            replacement?.process(samples, body)
            return
        }
        do {
            try judge(samples, body)
        } catch {
            Self.warn(of: error, logger)
            replacement = VoiceActivityDetector()
        }
    }

    static func warn(of error: any Error, _ logger: Logger) {
        logger.warning(
            "The trained voice detector failed; the built-in one goes on.", metadata: ["error": "\(error)"])
    }

    private mutating func judge(_ samples: [Int16], _ body: (_ probability: Float) -> Void) throws {
        try resampler.resample(samples, appendingTo: &waiting)
        var next = 0
        while waiting.count - next >= SileroStream.windowLength {
            waiting.withUnsafeBufferPointer { stream.fill(from: UnsafeBufferPointer(rebasing: $0[next...])) }
            next += SileroStream.windowLength
            let probability = try stream.probability()
            untold += Self.windowLength
            while untold >= VoiceActivityDetector.hop {
                untold -= VoiceActivityDetector.hop
                body(probability)
            }
        }
        waiting.removeFirst(next)
    }
}
