import Foundation

/// How loud each video frame of an utterance is. Speech comes in pieces of any length.
struct FrameLoudness {
    /// What a frame without sound has, in dBFS.
    static let silence: Float = -90

    /// Of the frames that are complete, from ``first`` on.
    private var levels: [Float] = []
    private var first = 0
    private var energy: Float = 0
    private var samples = 0

    /// Takes the next piece of speech.
    mutating func append(_ speech: [Int16]) {
        for sample in speech {
            let value = Float(sample) / 32_768
            energy += value * value
            samples += 1
            if samples == FrameTiming.samplesPerFrame { endFrame() }
        }
    }

    /// Says that no more follows: what there is of the last frame is all of it.
    mutating func finish() {
        if samples > 0 { endFrame() }
    }

    private mutating func endFrame() {
        levels.append(10 * log10(max(energy / Float(FrameTiming.samplesPerFrame), 1e-9)))
        energy = 0
        samples = 0
    }

    /// The loudness of the next frame, and of the one after it.
    mutating func next() -> (loudness: Float, next: Float) {
        defer {
            first += 1
            // What was heard is let go of, now and then.
            if first == 256 {
                levels.removeFirst(min(first, levels.count))
                first = 0
            }
        }
        func level(_ index: Int) -> Float { levels.indices.contains(index) ? levels[index] : Self.silence }
        return (level(first), level(first + 1))
    }
}
