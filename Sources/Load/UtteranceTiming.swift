import Audio
import LipSync

/// What a client experiences of one utterance, from the arrival of its messages.
///
/// It plays as the page does: playback starts 80 ms after both sound and picture have begun to arrive, and frame k is
/// due k / fps later. A frame that arrives after that is late; one that never comes is missing.
struct UtteranceTiming: Equatable {
    /// What is collected after the first sound and the first frame, before playback starts.
    static let startUpBuffer = Duration.milliseconds(80)

    /// When `response.create` was sent.
    let requested: Duration
    /// When the first sound came.
    private(set) var firstAudio: Duration?
    /// When the first frame came.
    private(set) var firstFrame: Duration?
    /// Frames that came.
    private(set) var frames = 0
    /// Samples that came.
    private(set) var samples = 0
    /// Pieces of sound that came too late.
    private(set) var lateAudio = 0
    private var lastFrame: LastFrame?

    private struct LastFrame: Equatable {
        var index: Int
        var arrival: Duration
    }

    init(requested: Duration) {
        self.requested = requested
    }

    /// When playback starts; nil until both sound and picture have begun to arrive.
    var playbackStart: Duration? {
        guard let firstAudio, let firstFrame else { return nil }
        return max(firstAudio, firstFrame) + Self.startUpBuffer
    }

    /// When the last sample that came has been heard.
    var playbackEnd: Duration? {
        playbackStart.map { $0 + .seconds(samples) / SpeechFormat.sampleRate }
    }

    /// Frames that belong to the samples that came.
    var expectedFrames: Int { FrameTiming.frameCount(ofSamples: samples) }

    /// Sound arrives at `now`.
    mutating func audio(firstSample: Int, samples count: Int, at now: Duration) {
        if let playbackStart, now > playbackStart + .seconds(firstSample) / SpeechFormat.sampleRate { lateAudio += 1 }
        if firstAudio == nil { firstAudio = now }
        samples += count
    }

    /// What is known of a frame when it arrives.
    struct Arrival: Equatable {
        /// How much too late it is; zero if it is not.
        var lateness: Duration
        /// How far the time since the frame before differs from the difference of their PTS; nil for the first.
        var jitter: Duration?
    }

    /// A frame arrives at `now`.
    mutating func frame(_ index: Int, at now: Duration) -> Arrival {
        if firstFrame == nil { firstFrame = now }
        frames += 1
        let due = playbackStart.map { $0 + .seconds(index) / FrameTiming.fps }
        let lateness = due.map { max(.zero, now - $0) } ?? .zero
        var arrival = Arrival(lateness: lateness, jitter: nil)
        if let last = lastFrame {
            let difference = now - last.arrival - .seconds(index - last.index) / FrameTiming.fps
            arrival.jitter = max(difference, .zero - difference)
        }
        lastFrame = LastFrame(index: index, arrival: now)
        return arrival
    }
}
