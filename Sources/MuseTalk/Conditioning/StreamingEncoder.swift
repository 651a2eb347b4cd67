import Inference

/// Whisper's encoder as the sound arrives: a window at a time, with the keys and values of what was heard before.
///
/// The graphs write those where they read them, in memory that is bound once. It needs 19 MB for an utterance, and for
/// each frame the work of ten positions instead of 1500.
final class StreamingEncoder: SpeechEncoder {
    private let step: Binding
    private let silence: Binding

    private let samples: Tensor<Float>
    private let states: Tensor<Float>
    private let start: Tensor<Int64>
    /// The loudest so far, in decades, as the steps are told it and say it.
    private let peak: Tensor<Float>
    private let nextPeak: Tensor<Float>
    /// Where silence begins.
    private let silenceStart: Tensor<Int64>

    private var segment: Int?
    /// The peak for which what has not been heard yet is silence.
    private var peakOfSilence = -Float.infinity

    /// How much louder the loudest may become, in decades, before silence is computed anew for it. Half a decibel moves
    /// what Whisper reads of silence by 1% of its range.
    private static let tolerance: Float = 0.05

    /// - Parameters:
    ///   - step: `speech_step.onnx`.
    ///   - silence: `speech_silence.onnx`.
    init(step: Graph, silence: Graph) throws(InferenceError) {
        samples = try Tensor([SpeechPatch.count])
        states = try Tensor([
            ConditioningTiming.positionsPerWindow, ConditioningTiming.states, ConditioningTiming.width,
        ])
        start = try Tensor([1])
        peak = try Tensor([1])
        nextPeak = try Tensor([1])
        silenceStart = try Tensor([1])
        self.step = try Binding(step)
        self.silence = try Binding(silence)
        try self.step.bind(input: "samples", to: samples)
        try self.step.bind(input: "start", to: start)
        try self.step.bind(input: "peak", to: peak)
        try self.step.bind(output: "states", to: states)
        try self.step.bind(output: "next_peak", to: nextPeak)
        try self.silence.bind(input: "start", to: silenceStart)
        try self.silence.bind(input: "peak", to: peak)
        for port in silence.inputs where port.name.hasPrefix("keys_") || port.name.hasPrefix("values_") {
            let cache = try Tensor<Float>(port.fixedShape)
            for binding in [self.step, self.silence] {
                try binding.bind(input: port.name, to: cache)
                try binding.bind(output: "next_\(port.name)", to: cache)
            }
        }
    }

    func encode(_ window: ConditioningWindow, of track: SpeechTrack) throws(InferenceError) {
        if segment != window.segment {
            segment = window.segment
            peak[0] = -.infinity
            peakOfSilence = -.infinity
        }
        hear(window, of: track)
        start[0] = Int64(window.start)
        try step.run()
        peak[0] = nextPeak[0]
        guard peak[0] > peakOfSilence + Self.tolerance else { return }
        // At a segment's beginning this clears what the last one left. The frame is computed once more, for it should know
        // as much as those after it.
        silenceStart[0] = Int64(window.start + ConditioningTiming.positionsPerWindow)
        try silence.run()
        peakOfSilence = peak[0]
        try step.run()
    }

    func copyRow(_ row: Int, of window: ConditioningWindow, to numbers: UnsafeMutablePointer<Float>) {
        states.copyPosition(row, to: numbers)
    }

    private func hear(_ window: ConditioningWindow, of track: SpeechTrack) {
        let segmentStart = window.segment * ConditioningTiming.samplesPerSegment
        let heard = track.heard.clamped(to: segmentStart..<(segmentStart + ConditioningTiming.samplesPerSegment))
        samples.withElements { patch in
            track.withSamples(heard) {
                SpeechPatch.fill(
                    patch, from: SpeechPatch.firstSample(ofBlock: window.start), of: window.sound, heard: $0,
                    heardStart: heard.lowerBound - segmentStart)
            }
        }
    }
}

extension Graph.Port {
    /// Its axes, if all of them are fixed; a shape that no tensor has otherwise.
    var fixedShape: [Int] {
        axes.map { if case .fixed(let length) = $0 { length } else { 0 } }
    }
}
