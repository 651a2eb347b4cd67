/// What `visavis bench` measured: one device, one engine, a row for each batch size. The JSON that `bench` writes, and
/// that `bench compare`, `plan` and `simulate` read.
public struct BenchResult: Sendable, Equatable, Codable {
    /// The version of this layout.
    public static let currentFormat = 1

    /// The version of the layout; ``currentFormat``.
    public var format = currentFormat
    /// The engine, e.g. `musetalk`.
    public var engine: String
    /// The model's name or path; empty where the engine has none.
    public var model: String
    /// The device as the command line takes it, e.g. `cuda:0`.
    public var device: String
    /// The device as its maker calls it, e.g. `NVIDIA GeForce RTX 4090`.
    public var deviceName: String
    /// The machine around it, in words: processor, cores, system.
    public var machine: String
    /// The length of the speech that each row makes frames for, in seconds.
    public var secondsOfAudio: Double
    /// Frames a second of that speech.
    public var fps: Double
    /// What was measured, in the order of measuring.
    public var rows: [Row]

    /// Makes a result.
    public init(
        engine: String, model: String, device: String, deviceName: String, machine: String, secondsOfAudio: Double,
        fps: Double, rows: [Row]
    ) {
        self.engine = engine
        self.model = model
        self.device = device
        self.deviceName = deviceName
        self.machine = machine
        self.secondsOfAudio = secondsOfAudio
        self.fps = fps
        self.rows = rows
    }

    enum CodingKeys: String, CodingKey {
        case format, engine, model, device, machine, fps, rows
        case deviceName = "device_name"
        case secondsOfAudio = "seconds_of_audio"
    }

    /// One batch size.
    public struct Row: Sendable, Equatable, Codable {
        /// Frames in a batch.
        public var batchSize: Int
        /// Whether it could be measured.
        public var ok: Bool
        /// Why not, as a word: `out_of_memory` or `failed`.
        public var error: String?
        /// Why not, in the engine's words.
        public var message: String?
        /// The time for all frames of the speech, in seconds.
        public var timeForAudio: Spread?
        /// The time for a frame: the median of ``timeForAudio`` by the number of frames, in milliseconds.
        public var timePerFrame: Double?
        /// The time of one full batch, in milliseconds.
        public var batchTime: Spread?
        /// Frames a second, all speakers together.
        public var framesPerSecond: Double?
        /// How many speak at a time at the result's ``BenchResult/fps``.
        public var sessionsAtFPS: Double?
        /// The device's memory in use while it runs, in bytes.
        public var memoryUsed: Int?
        /// All memory of the device, in bytes.
        public var memoryTotal: Int?
        /// The share of the time in which the device was busy, 0…1.
        public var utilisation: Double?

        /// Makes a row; measurements are filled in as they come.
        public init(batchSize: Int, ok: Bool, error: String? = nil, message: String? = nil) {
            self.batchSize = batchSize
            self.ok = ok
            self.error = error
            self.message = message
        }

        enum CodingKeys: String, CodingKey {
            case ok, error, message, utilisation
            case batchSize = "batch_size"
            case timeForAudio = "time_for_audio_s"
            case timePerFrame = "time_per_frame_ms"
            case batchTime = "batch_ms"
            case framesPerSecond = "frames_per_second"
            case sessionsAtFPS = "sessions_at_fps"
            case memoryUsed = "memory_used_bytes"
            case memoryTotal = "memory_total_bytes"
        }
    }

    /// What repeated measurements came to.
    public struct Spread: Sendable, Equatable, Codable {
        /// The middle one.
        public var median: Double
        /// One in twenty is below.
        public var p5: Double
        /// One in twenty is above.
        public var p95: Double

        /// Makes a spread.
        public init(median: Double, p5: Double, p95: Double) {
            self.median = median
            self.p5 = p5
            self.p95 = p95
        }
    }
}
