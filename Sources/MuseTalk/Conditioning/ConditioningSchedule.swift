import LipSync

/// Decides which frame's conditioning can be made when. What a frame is made from does not depend on the pieces in which
/// the sound arrives.
struct ConditioningSchedule: Equatable {
    /// How much a frame waits for.
    let hearing: SpeechHearing
    /// Samples a second of what arrives.
    let rate: Int
    /// The frame that comes next.
    private(set) var nextFrame = 0

    private var samples = 0
    private var isFinished = false

    /// The schedule of an utterance of which nothing has arrived.
    init(_ hearing: SpeechHearing, rate: Int) {
        self.hearing = hearing
        self.rate = rate
    }

    /// Samples have arrived.
    mutating func hear(_ count: Int) { samples += count }

    /// No more samples follow.
    mutating func finish() { isFinished = true }

    /// The next frame, if there is enough sound for it.
    var next: ConditioningWindow? {
        guard nextFrame < readyFrames else { return nil }
        return ConditioningWindow(frame: nextFrame, ofUtterance: isFinished ? resampledCount : nil)
    }

    /// The next frame has been made.
    mutating func advance() { nextFrame += 1 }

    /// Frames that there is enough sound for, those included that have been made.
    var readyFrames: Int {
        if isFinished { return (samples * FrameTiming.fps + rate - 1) / rate }
        let heard = samples * FrameTiming.fps / rate
        // A window reaches two frames beyond its own.
        return switch hearing {
        case .streaming: max(0, heard - 2)
        case .whole: max(0, heard / Self.framesPerSegment * Self.framesPerSegment - 2)
        }
    }

    /// Samples of the utterance at 16 kHz which the next frame's ``ConditioningWindow`` is made from.
    func samplesNeeded(by window: ConditioningWindow) -> Int {
        switch hearing {
        case .streaming: window.samplesNeeded
        case .whole:
            min((window.segment + 1) * ConditioningTiming.samplesPerSegment, isFinished ? resampledCount : .max)
        }
    }

    /// Samples at 16 kHz, as `Resampler` counts them.
    private var resampledCount: Int { (samples * ConditioningTiming.rate + rate - 1) / rate }

    private static let framesPerSegment = ConditioningTiming.positionsPerSegment / ConditioningTiming.positionsPerFrame
}
