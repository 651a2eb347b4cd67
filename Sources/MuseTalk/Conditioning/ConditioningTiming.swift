import LipSync

/// Where Whisper's hidden states lie in an utterance, and which of them a video frame is made from.
///
/// Source: `get_whisper_chunk` in MuseTalk's `musetalk/utils/audio_processor.py`, at 25 frames a second.
enum ConditioningTiming {
    /// Samples a second that Whisper hears.
    static let rate = 16_000
    /// Samples that one position of Whisper's encoder lasts: 20 ms.
    static let samplesPerPosition = 320
    /// Samples of one window of Whisper's, the segments into which longer speech is cut: 30 s.
    static let samplesPerSegment = 480_000
    /// Positions of one segment.
    static let positionsPerSegment = samplesPerSegment / samplesPerPosition
    /// Positions that one video frame lasts.
    static let positionsPerFrame = rate / FrameTiming.fps / samplesPerPosition
    /// Positions in a frame's window: two video frames before it, its own, and two after it.
    static let positionsPerWindow = 5 * positionsPerFrame
    /// Positions of the window before the frame's own.
    static let positionsBefore = 2 * positionsPerFrame
    /// Hidden states at each position: the encoder's input and the output of its four layers.
    static let states = 5
    /// Numbers in one hidden state.
    static let width = 384
    /// Numbers at one position.
    static let numbersPerPosition = states * width
    /// Numbers of a frame's conditioning: 50 × 384.
    static let numbersPerWindow = positionsPerWindow * numbersPerPosition
}
