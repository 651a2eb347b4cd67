/// What a load test found out.
public struct LoadReport: Sendable, Encodable {
    /// Percentiles of a time in milliseconds.
    public struct Distribution: Sendable, Encodable {
        /// How many values there are.
        public var count: Int
        /// The median.
        public var p50: Double
        /// 95% are at most this.
        public var p95: Double
        /// 99% are at most this.
        public var p99: Double
        /// The largest.
        public var max: Double
    }

    /// How frames came.
    public struct Frames: Sendable, Encodable {
        /// Those that came.
        public var received: Int
        /// Those that came later than their PTS asks for.
        public var late: Int
        /// Those that never came, of utterances that are complete.
        public var missing: Int

        /// The share of all frames that could be shown when they were due, 0…1.
        public var onTimeShare: Double {
            received + missing == 0 ? 1 : Double(received - late) / Double(received + missing)
        }

        private enum CodingKeys: String, CodingKey {
            case received, late, missing
            case onTimeShare = "on_time_share"
        }

        /// Writes the numbers and the share.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(received, forKey: .received)
            try container.encode(late, forKey: .late)
            try container.encode(missing, forKey: .missing)
            try container.encode(onTimeShare, forKey: .onTimeShare)
        }
    }

    /// Clients that were asked for.
    public var sessions: Int
    /// Clients that were connected at a time.
    public var connected: Int
    /// How long the test took, from the first connection to the end, in seconds.
    public var seconds: Double
    /// Answers that were received completely.
    public var utterances: Int
    /// How frames came.
    public var frames: Frames
    /// Pieces of sound that came too late to be heard in time.
    public var lateAudio: Int
    /// From `response.create`, or hands-free from the last word and the silence that ends a turn, to the first sound.
    public var firstAudio: Distribution?
    /// From there to the first frame.
    public var firstFrame: Distribution?
    /// How much too late frames came; 0 for those in time.
    public var lateness: Distribution?
    /// How far the time between two frames differs from the difference of their PTS.
    public var jitter: Distribution?
    /// What the server says of its answers: the time to each step of `response.timeline`.
    public var steps: [String: Distribution]
    /// What it says is its own of the time to the first frame.
    public var ownShare: Distribution?
    /// Payload of WebSocket messages from the server.
    public var bytesReceived: Int
    /// Payload of WebSocket messages to the server.
    public var bytesSent: Int
    /// What went wrong, and how often.
    public var errors: [String: Int]
    /// What the server used, if it runs on this machine and its process was named.
    public var server: ProcessUsage?
    /// What the load test itself used.
    public var client: ProcessUsage?

    private enum CodingKeys: String, CodingKey {
        case steps = "steps_ms"
        case ownShare = "own_ms"
        case sessions, connected, seconds, utterances, frames, errors, server, client
        case lateAudio = "late_audio"
        case firstAudio = "first_audio_ms"
        case firstFrame = "first_frame_ms"
        case lateness = "lateness_ms"
        case jitter = "jitter_ms"
        case bytesReceived = "bytes_received"
        case bytesSent = "bytes_sent"
    }

    /// True if every client was connected and nothing went wrong.
    public var isClean: Bool { connected == sessions && errors.isEmpty }
}
