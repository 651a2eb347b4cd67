import Inference

/// Hears one utterance on a thread of its own, off Swift's threads.
actor SpeechListener {
    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    private let queue = InferenceQueue("speech")
    private let stream: ConditioningStream

    /// - Throws: `InferenceError` or `Resampler.Failure`.
    init(_ model: SpeechModel, rate: Int) throws {
        stream = try ConditioningStream(model, rate: rate)
    }

    /// Takes more of the utterance, and computes frames until `frames` of them lie ready, or there is no sound for more.
    /// - Throws: `InferenceError`, `Resampler.Failure` or `CancellationError`.
    func hear(
        _ pieces: [[Int16]], isLast: Bool, until count: Int, into frames: ConditionedFrames
    ) throws {
        for piece in pieces { stream.append(piece) }
        if isLast { stream.finish() }
        while frames.count < count {
            try Task.checkCancellation()
            guard try stream.next() else { return }
            frames.append(stream.conditioning)
        }
    }
}
