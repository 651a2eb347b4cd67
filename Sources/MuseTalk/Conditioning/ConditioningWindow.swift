/// Which positions of Whisper's encoder one video frame's conditioning is made of, and which sound they may know.
///
/// The window of frame k are the positions 2k - 4 to 2k + 5. Before the speech and behind it MuseTalk has zeros there,
/// not silence. Where two segments meet, the earlier one's positions are in the window of the frame before, and are taken
/// from there, so that a window needs only its own segment: the one of its last position.
struct ConditioningWindow: Equatable {
    /// Which sound the positions may know.
    struct Sound: Equatable {
        /// What comes after the sound that may be known.
        enum End: Equatable {
            /// More of it: as Whisper's spectrogram does at the end of a window, it is continued by its mirror image.
            case mirrored
            /// Nothing: the utterance is over.
            case silent
        }

        /// Samples of the segment, from its beginning.
        var count: Int
        var end: End
    }

    /// Samples at the end of the sound which a frame does without. A resampler that has heard exactly up to there has not
    /// put all of it out yet, and a frame has to be the same if it has.
    static let unheard = 32

    /// The video frame.
    let frame: Int
    /// The segment, counted from the utterance's first.
    let segment: Int
    /// The first position, counted from the segment's first: negative where it lies before it.
    let start: Int
    /// The rows of the window that the segment says; those before are the frame before's, two rows on, those behind are
    /// zeros.
    let rows: Range<Int>
    /// The sound of the segment.
    let sound: Sound

    /// The window of a frame.
    /// - Parameter samples: how many the utterance has, at 16 kHz; nil if the sound after the frame is there, but it is
    ///   not known where it ends.
    init(frame: Int, ofUtterance samples: Int?) {
        typealias Timing = ConditioningTiming
        let first = frame * Timing.positionsPerFrame - Timing.positionsBefore
        let end = first + Timing.positionsPerWindow
        let segment = (end - 1) / Timing.positionsPerSegment
        let segmentStart = segment * Timing.positionsPerSegment
        // MuseTalk counts whole positions only: what is left over at the end is not one.
        let total = samples.map { $0 / Timing.samplesPerPosition } ?? end
        let lower = max(0, segmentStart - first)
        let heard = end * Timing.samplesPerPosition
        let beforeSegment = segment * Timing.samplesPerSegment

        self.frame = frame
        self.segment = segment
        start = first - segmentStart
        rows = lower..<max(lower, min(end, total) - first)
        sound =
            if let samples, samples < heard {
                Sound(count: max(0, samples - beforeSegment), end: .silent)
            } else {
                Sound(count: heard - Self.unheard - beforeSegment, end: .mirrored)
            }
    }

    /// How much of the utterance has to be there, in samples at 16 kHz.
    var samplesNeeded: Int { segment * ConditioningTiming.samplesPerSegment + sound.count }

    /// The first sample of the utterance that this frame or a later one needs.
    var firstSampleNeeded: Int {
        segment * ConditioningTiming.samplesPerSegment + SpeechPatch.firstSample(ofBlock: start)
    }
}
