import LipSync
import Synchronization

@testable import MuseTalk

/// Conditioning without a model: the same for every frame, or the frame's number, ready when there is 80 ms of speech beyond it.
final class ScriptedConditioning: Conditioning {
    private var samples = 0
    private var hasAllSpeech = false
    private var taken = 0
    private let failsAtFrame: Int?
    private let value: Float?

    struct Failure: Error {}

    /// - Parameter value: all numbers of a frame; nil for the frame's number.
    init(value: Float? = 0.5, failsAtFrame: Int? = nil) {
        self.value = value
        self.failsAtFrame = failsAtFrame
    }

    func append(_ speech: [Int16]) { samples += speech.count }

    func finish() { hasAllSpeech = true }

    func prepare(_ frames: Int) async throws -> Int {
        await Task.yield()
        if let failsAtFrame, taken >= failsAtFrame { throw Failure() }
        if hasAllSpeech { return frames }
        return min(frames, max(0, samples / FrameTiming.samplesPerFrame - 2 - taken))
    }

    func take(into buffer: UnsafeMutableBufferPointer<Float>) {
        buffer.update(repeating: value ?? Float(taken))
        taken += 1
    }
}
