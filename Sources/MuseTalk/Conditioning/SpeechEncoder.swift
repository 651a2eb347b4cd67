import Inference

/// Whisper's encoder, as one utterance uses it.
protocol SpeechEncoder: AnyObject {
    /// Computes the hidden states of a window's rows; windows come in the order of their frames.
    func encode(_ window: ConditioningWindow, of track: SpeechTrack) throws(InferenceError)

    /// Copies one row of the window that was encoded.
    /// - Parameter numbers: gets ``ConditioningTiming/numbersPerPosition`` of them.
    func copyRow(_ row: Int, of window: ConditioningWindow, to numbers: UnsafeMutablePointer<Float>)
}

extension Tensor<Float> {
    /// Copies the hidden states of one position, of a tensor [positions, states, width].
    func copyPosition(_ position: Int, to numbers: UnsafeMutablePointer<Float>) {
        let count = ConditioningTiming.numbersPerPosition
        withElements { states in
            guard let start = states.baseAddress else { return }
            numbers.update(from: start + position * count, count: count)
        }
    }
}
