/// What came of a simulation.
public struct SimulationReport: Sendable, Equatable, Encodable {
    /// Percentiles of a time in milliseconds.
    public struct Distribution: Sendable, Equatable, Encodable {
        /// The median.
        public var p50: Double
        /// 95% are at most this.
        public var p95: Double
        /// 99% are at most this.
        public var p99: Double
    }

    /// What became of frames that were wanted.
    public struct Frames: Sendable, Equatable, Encodable {
        /// Those that were there when they were shown.
        public var onTime = 0
        /// Those that came later.
        public var late = 0
        /// Those that were given up, since they would have come later.
        public var dropped = 0

        /// The share of frames that could be shown when they were due, 0…1; 1 if none were.
        public var onTimeShare: Double {
            let all = onTime + late + dropped
            return all == 0 ? 1 : Double(onTime) / Double(all)
        }

        enum CodingKeys: String, CodingKey {
            case late, dropped
            case onTime = "on_time"
        }
    }

    /// The policy, as the configuration writes it.
    public var policy: String
    /// Sessions that came.
    public var sessions: Int
    /// Sessions that were turned away, since the devices cannot carry more.
    public var turnedAway: Int
    /// Devices.
    public var devices: Int
    /// How long, in seconds.
    public var seconds: Double
    /// Utterances that began.
    public var utterances: Int
    /// How often somebody wanted to speak and was told to try again in a moment.
    public var refused: Int
    /// What became of frames.
    public var frames: Frames
    /// The share of frames that were on time, 0…1.
    public var onTimeShare: Double
    /// Frames a second that were on time, all devices together.
    public var framesPerSecond: Double
    /// Frames a second that a device can make, as its scheduler knows it.
    public var capacity: Double
    /// From the first sound of an utterance to its first frame.
    public var firstFrame: Distribution?
    /// From when a frame was wanted until a device began with it.
    public var queueWait: Distribution?
    /// The share of the time in which devices were busy, 0…1.
    public var utilisation: Double
    /// How many batches there were of each size.
    public var batches: [Int: Int]
    /// Batches for which there was no memory.
    public var outOfMemory: Int

    enum CodingKeys: String, CodingKey {
        case policy, sessions, devices, seconds, utterances, refused, frames, utilisation, batches
        case turnedAway = "turned_away"
        case onTimeShare = "on_time_share"
        case framesPerSecond = "frames_per_second"
        case capacity = "frames_per_second_of_a_device"
        case firstFrame = "first_frame_ms"
        case queueWait = "queue_wait_ms"
        case outOfMemory = "out_of_memory"
    }
}
