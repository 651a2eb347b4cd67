import Inference

/// One utterance: sound goes in, the conditioning of its video frames comes out, one after the other.
final class ConditioningStream {
    private var schedule: ConditioningSchedule
    private var track: SpeechTrack
    private let encoder: any SpeechEncoder
    /// The conditioning of the last frame that came out.
    private(set) var conditioning = [Float](repeating: 0, count: ConditioningTiming.numbersPerWindow)

    /// - Parameter rate: samples a second of the speech that comes in.
    /// - Throws: `InferenceError` or `Resampler.Failure`.
    init(_ model: SpeechModel, rate: Int) throws {
        schedule = ConditioningSchedule(model.hearing, rate: rate)
        track = try SpeechTrack(rate: rate)
        encoder = try model.makeEncoder()
    }

    /// Takes the next piece of speech, of any length.
    func append(_ speech: [Int16]) {
        schedule.hear(speech.count)
        track.append(speech)
    }

    /// No more speech follows.
    func finish() {
        schedule.finish()
        track.finish()
    }

    /// Computes the next frame's ``conditioning``.
    /// - Returns: false if that needs more sound, or if all frames are out.
    /// - Throws: `InferenceError` or `Resampler.Failure`.
    func next() throws -> Bool {
        guard let window = schedule.next, try track.hear(schedule.samplesNeeded(by: window)) else { return false }
        if !window.rows.isEmpty { try encoder.encode(window, of: track) }
        assemble(window)
        schedule.advance()
        track.forget(before: window.firstSampleNeeded)
        return true
    }

    private func assemble(_ window: ConditioningWindow) {
        let size = ConditioningTiming.numbersPerPosition
        conditioning.withUnsafeMutableBufferPointer { numbers in
            guard let start = numbers.baseAddress else { return }
            // The frame before, if there was none, is zeros.
            let shift = ConditioningTiming.positionsPerFrame * size
            start.update(from: start + shift, count: window.rows.lowerBound * size)
            for row in window.rows { encoder.copyRow(row, of: window, to: start + row * size) }
            numbers[(window.rows.upperBound * size)...].update(repeating: 0)
        }
    }
}
