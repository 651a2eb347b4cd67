public import Batching
public import Inference

/// Makes faces on one device: runs a model's face graph for whoever is in a batch, whatever the utterance or the avatar.
///
/// The graph has a thread of its own. While it works at a batch in one lane, the next is copied into the other, or the
/// last one out of it, on the threads of those who ask: a run itself copies nothing on the processor.
public final class FaceRunner: BatchRunner {
    /// Where the graph runs.
    public let device: InferenceDevice
    /// What it can make in one run.
    public let sizes: BatchSizes

    private let lanes: [FaceLane]
    private let thread = FaceThread()

    /// Loads the graph; that takes seconds for a large one.
    /// - Parameters:
    ///   - path: the model's `face.onnx`.
    ///   - threads: on the CPU; nil for one a core.
    ///   - sizes: what it shall be able to make in one run.
    /// - Throws: `InferenceError`.
    public init(
        graphAt path: String, device: InferenceDevice = .cpu, threads: Int? = nil, sizes: BatchSizes
    ) throws(InferenceError) {
        var options = Graph.Options(threads: threads)
        // Encoders and conditioning need the same cores: on a busy machine with two, threads that wait awake took a
        // third more of their time for a face.
        options.spins = false
        let graph = try Graph(path, device: device, options: options, runtime: .shared())
        let count = BatchScheduler.Lanes.pipelined.count
        let bank = try LatentBank(on: device, frames: count * sizes.largest)
        var lanes: [FaceLane] = []
        for _ in 0..<count { lanes.append(try FaceLane(graph, sizes: sizes, bank: bank)) }
        self.device = device
        self.sizes = sizes
        self.lanes = lanes
    }

    /// Makes the faces of a batch of 1 up to the largest of ``sizes``; one between two sizes takes as long as the larger.
    ///
    /// A face that is not made of numbers is no error of the batch: its slot says so.
    /// - Throws: `InferenceError`; `CancellationError` if the process is about to end, which is no fault of the device.
    @concurrent
    public func run(_ batch: [FaceSlot], inLane lane: Int) async throws -> Duration {
        let size = sizes.smallest(from: batch.count)
        try lanes[lane].load(batch, size: size)
        do throws(InferenceError) {
            let took = try await thread.run(lanes[lane], size: size)
            lanes[lane].unload(into: batch)
            return took
        } catch .ending {
            throw CancellationError()
        }
    }

    /// Whether memory ran out.
    public func isOutOfMemory(_ error: any Error) -> Bool { (error as? InferenceError)?.isOutOfMemory == true }
}

/// The graph's thread.
private actor FaceThread {
    private nonisolated let queue = InferenceQueue("face")

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// - Returns: how long the graph took.
    func run(_ lane: FaceLane, size: Int) throws(InferenceError) -> Duration {
        let start = ContinuousClock.now
        try lane.run(size: size)
        return ContinuousClock.now - start
    }
}
