/// The sound that one run of `speech_step.onnx` hears: that of a frame's ten positions, and what Whisper's spectrogram and
/// its two convolutions need around it.
enum SpeechPatch {
    /// Samples in it: 23 frames of the spectrogram, 10 ms apart and 25 ms long.
    static let count = 22 * hop + frame

    /// The first sample for a block of positions, counted from the segment's first.
    static func firstSample(ofBlock start: Int) -> Int {
        // Two frames of the spectrogram before the block's own, of which each position has two.
        (2 * start - 2) * hop - frame / 2
    }

    /// Fills a patch.
    /// - Parameters:
    ///   - first: the first sample, counted from the segment's first; where it is negative, the segment is continued by
    ///     its mirror image, as Whisper's spectrogram does it.
    ///   - sound: what may be known of the segment.
    ///   - heard: samples of the segment that are at hand, the first of them being number `heardStart`.
    static func fill(
        _ patch: UnsafeMutableBufferPointer<Float>, from first: Int, of sound: ConditioningWindow.Sound,
        heard: UnsafeBufferPointer<Float>, heardStart: Int
    ) {
        for index in patch.indices {
            var sample = abs(first + index)
            if sample >= sound.count, sound.end == .mirrored { sample = 2 * (sound.count - 1) - sample }
            let place = sample - heardStart
            // What is too far from the segment for its mirror images belongs to frames that the graph leaves out.
            patch[index] = sample < sound.count && heard.indices.contains(place) ? heard[place] : 0
        }
    }

    /// Samples from one frame of the spectrogram to the next.
    private static let hop = 160
    /// Samples of one frame.
    private static let frame = 400
}
