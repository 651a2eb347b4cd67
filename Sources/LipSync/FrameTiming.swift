import Audio

/// Where video frames lie in an utterance. Both sides of the wire compute it the same way: see `docs/protocol.md`.
public enum FrameTiming {
    /// Frames a second.
    public static let fps = 25

    /// Samples of speech that one frame lasts.
    public static let samplesPerFrame = SpeechFormat.sampleRate / fps

    /// The frames of an utterance of `samples` samples: the last one may outlast the sound.
    public static func frameCount(ofSamples samples: Int) -> Int {
        (samples + samplesPerFrame - 1) / samplesPerFrame
    }

    /// The PTS of frame `index` in microseconds; exact, since a frame lasts 40 ms.
    public static func pts(ofFrame index: Int) -> Int {
        index * (1_000_000 / fps)
    }
}
