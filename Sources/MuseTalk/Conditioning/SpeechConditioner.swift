public import Audio

/// Hears one utterance, and says of each of its video frames what the face graph has to know: 50 × 384 numbers, before the
/// positional encoding.
///
///     let conditioner = try SpeechConditioner(model)
///     conditioner.append(speech)                          // pieces of any length
///     while try await conditioner.prepare(1) > 0 {
///         conditioner.take(into: slot)                    // frame 0, 1, …
///     }
///
/// Of n samples ``FrameTiming/frameCount(ofSamples:)`` frames come out, MuseTalk's one more than its own where the last
/// is not a whole one. It belongs to its utterance, so it need not be `Sendable`; speech may arrive while
/// ``prepare(_:)`` is busy. Dropping it frees everything.
public final class SpeechConditioner {
    /// Numbers of one frame's conditioning: 50 × 384.
    public static let count = ConditioningTiming.numbersPerWindow

    private let listener: SpeechListener
    private let frames = ConditionedFrames()
    private var unheard: [[Int16]] = []
    private var isFinished = false

    /// Begins an utterance.
    /// - Parameter rate: samples a second of its speech, mono.
    /// - Throws: `InferenceError` or `Resampler.Failure`.
    public init(_ model: SpeechModel, rate: Int = SpeechFormat.sampleRate) throws {
        listener = try SpeechListener(model, rate: rate)
    }

    /// Takes the next piece of speech, of any length.
    public func append(_ speech: [Int16]) { unheard.append(speech) }

    /// Says that no more speech follows: the remaining frames need not wait for any.
    public func finish() { isFinished = true }

    /// Hears on until a number of frames can be taken, or as far as there is speech.
    /// - Returns: frames that can be taken now.
    /// - Throws: `InferenceError`, `Resampler.Failure`, or `CancellationError`, after which the rest can still be prepared.
    public func prepare(_ count: Int) async throws -> Int {
        let pieces = unheard
        unheard.removeAll()
        try await listener.hear(pieces, isLast: isFinished, until: count, into: frames)
        return frames.count
    }

    /// Takes the next frame.
    /// - Parameter buffer: gets ``count`` numbers.
    /// - Precondition: ``prepare(_:)`` has said that there is one.
    public func take(into buffer: UnsafeMutableBufferPointer<Float>) { frames.take(into: buffer) }
}
