/// What frames cost a GPU in time and memory: docs/planning.md says where each constant is from.
///
///     time(batch)   = fixed + batch × max(work / (rate × efficiency), bytes / bandwidth)
///     memory(batch) = model + batch × memory a frame
public struct FrameCost: Sendable, Equatable, Encodable {
    /// What a frame takes to compute, in TFLOP. MuseTalk: 0.17 for the UNet and 0.62 for the VAE's decoder.
    public var work = 0.79
    /// What a frame moves to and from the GPU's memory, in TB: an estimate, each layer's output written and read once
    /// in half precision.
    public var traffic = 0.0023
    /// What a batch takes however small it is, in seconds.
    public var fixed: Double
    /// The share of a GPU's rate that the networks reach.
    public var efficiency: Double
    /// What the model takes of a GPU's memory before the first frame, in GB.
    public var modelMemory: Double
    /// What each frame of a batch takes besides, in GB.
    public var frameMemory: Double

    enum CodingKeys: String, CodingKey {
        case efficiency
        case work = "work_tflop"
        case traffic = "traffic_tb"
        case fixed = "fixed_s"
        case modelMemory = "model_gb"
        case frameMemory = "frame_gb"
    }

    /// Makes a cost.
    public init(fixed: Double, efficiency: Double, modelMemory: Double, frameMemory: Double) {
        self.fixed = fixed
        self.efficiency = efficiency
        self.modelMemory = modelMemory
        self.frameMemory = frameMemory
    }

    /// What the published figures come to: ``init(fitting:on:)`` of all of them, rounded; the memory is the line
    /// through the tuning guide's smallest and largest batch on a 24 GB card.
    public static let published = FrameCost(fixed: 0.033, efficiency: 0.23, modelMemory: 17.6, frameMemory: 0.4)

    /// The time that each frame adds to a batch, in seconds.
    public func timePerFrame(on gpu: GPU) -> Double {
        max(work / (gpu.fp16 * efficiency), traffic / gpu.bandwidth)
    }

    /// The time of a batch, in seconds.
    public func time(ofBatch batch: Int, on gpu: GPU) -> Double {
        fixed + Double(batch) * timePerFrame(on: gpu)
    }

    /// The time for some frames in batches of at most `batch`, one after the other, in seconds.
    public func time(forFrames frames: Int, inBatchesOf batch: Int, on gpu: GPU) -> Double {
        Double(Self.batches(of: batch, for: frames)) * fixed + Double(frames) * timePerFrame(on: gpu)
    }

    /// Frames a second in full batches.
    public func rate(inBatchesOf batch: Int, on gpu: GPU) -> Double {
        Double(batch) / time(ofBatch: batch, on: gpu)
    }

    /// Whether an utterance that has a GPU for itself is in time. It is heard 80 ms after its first frame, when the frames
    /// that follow are made two at a time, then four, and so on: before batches are large enough to keep up with it, it
    /// may have waited.
    /// - Parameter largest: the largest batch.
    func keepsUpFromTheStart(inBatchesUpTo largest: Int, on gpu: GPU, fps: Double) -> Bool {
        var (made, size, elapsed) = (1, 1, 0.0)
        while rate(inBatchesOf: size, on: gpu) < fps {
            size *= 2
            elapsed += time(ofBatch: size, on: gpu)
            guard size <= largest, elapsed <= 0.08 + Double(made) / fps else { return false }
            made += size
        }
        return true
    }

    /// The memory in use with a batch, in GB.
    public func memory(ofBatch batch: Int) -> Double { modelMemory + Double(batch) * frameMemory }

    /// The largest batch that the memory has room for; 0 if there is none even for one frame.
    public func largestBatch(inMemoryOf gpu: GPU) -> Int {
        // A hair more, so that 24 GB hold what takes exactly 24 GB.
        max(0, Int((gpu.memory - modelMemory) / frameMemory + 1e-9))
    }

    static func batches(of batch: Int, for frames: Int) -> Int { (frames + batch - 1) / batch }
}
