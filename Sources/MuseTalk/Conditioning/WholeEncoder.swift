import Inference

/// Whisper's encoder as MuseTalk runs it: over segments of 30 s, each with all that there is of it.
final class WholeEncoder: SpeechEncoder {
    private let binding: Binding
    private let samples: Tensor<Float>
    private let states: Tensor<Float>
    /// The segment whose states are there.
    private var segment: Int?

    /// - Parameter graph: `speech.onnx`.
    init(_ graph: Graph) throws(InferenceError) {
        samples = try Tensor([1, ConditioningTiming.samplesPerSegment])
        states = try Tensor(
            [1, ConditioningTiming.positionsPerSegment, ConditioningTiming.states, ConditioningTiming.width])
        binding = try Binding(graph)
        try binding.bind(input: "samples", to: samples)
        try binding.bind(output: "states", to: states)
        try binding.bind(output: "mel", to: Tensor<Float>([1, 80, 2 * ConditioningTiming.positionsPerSegment]))
    }

    func encode(_ window: ConditioningWindow, of track: SpeechTrack) throws(InferenceError) {
        guard segment != window.segment else { return }
        let start = window.segment * ConditioningTiming.samplesPerSegment
        let end = min(start + ConditioningTiming.samplesPerSegment, track.heard.upperBound)
        samples.withElements { samples in
            track.withSamples(start..<max(start, end)) { heard in
                let rest = samples[samples.update(fromContentsOf: heard)...]
                UnsafeMutableBufferPointer(rebasing: rest).update(repeating: 0)
            }
        }
        try binding.run()
        segment = window.segment
    }

    func copyRow(_ row: Int, of window: ConditioningWindow, to numbers: UnsafeMutablePointer<Float>) {
        states.copyPosition(window.start + row, to: numbers)
    }
}
