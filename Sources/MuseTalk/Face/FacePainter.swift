public import Inference

/// Makes faces: runs a model's face graph for all utterances, one batch after the other in the order in which they
/// came, on a thread of its own.
///
/// An utterance asks for its next batch when the last one is made, so that those who speak take turns. What is
/// allocated for a run is allocated when the painter is: a run copies a few kilobytes in and 192 KiB a face out.
public actor FacePainter {
    /// Where the graph runs.
    public nonisolated let device: InferenceDevice
    /// What it can make in one run.
    nonisolated let sizes: BatchSizes

    private nonisolated let queue = InferenceQueue("face")
    private let path: String
    private let runs: [Int: FaceRun]
    private var isWarm = false

    /// The graph's thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// Loads the graph; that takes seconds for a large one.
    /// - Parameters:
    ///   - path: the model's `face.onnx`.
    ///   - threads: on the CPU; nil for one a core.
    ///   - batchSize: the most frames in one run, 1 or more.
    /// - Throws: `InferenceError`.
    public init(
        graphAt path: String, device: InferenceDevice = .cpu, threads: Int? = nil, batchSize: Int
    ) throws(InferenceError) {
        var options = Graph.Options(threads: threads)
        // Encoders and conditioning need the same cores: on a busy machine with two, threads that wait awake took a
        // third more of their time for a face.
        options.spins = false
        let graph = try Graph(path, device: device, options: options, runtime: .shared())
        let sizes = BatchSizes(upTo: batchSize)
        let tensors = try FaceTensors(capacity: sizes.largest)
        var runs: [Int: FaceRun] = [:]
        for size in sizes.all { runs[size] = try FaceRun(graph, size: size, tensors) }
        self.path = path
        self.device = device
        self.sizes = sizes
        self.runs = runs
    }

    /// Makes the faces of a batch.
    /// - Parameters:
    ///   - batch: of one of the painter's ``sizes``.
    ///   - latents: of all filmed frames, [frames, 8, 32, 32], on the painter's device.
    /// - Throws: `CancellationError` before anything is run, `InferenceError`, or ``MuseTalkError/notFinite(model:)``.
    func paint(_ batch: FaceBatch, of latents: ResidentTensor<Float>) throws {
        try Task.checkCancellation()
        guard let run = runs[batch.count] else { preconditionFailure("a batch of \(batch.count)") }
        try run.paint(batch, of: latents)
        guard run.isFinite else { throw MuseTalkError.notFinite(model: path) }
    }

    /// Runs once what would otherwise be slow in the first utterance: GPUs choose their programs for each size.
    func warmUp(with latents: ResidentTensor<Float>) throws {
        if isWarm { return }
        for size in device.gpu == nil ? [1] : sizes.all {
            let batch = FaceBatch(capacity: size)
            for _ in 0..<size { batch.append(filmedFrame: 0) { $0.update(repeating: 0) } }
            try paint(batch, of: latents)
        }
        isWarm = true
    }
}

/// The memory that the graph reads and writes.
private struct FaceTensors {
    let frames: Tensor<Int64>
    let conditioning: Tensor<Float>
    let images: Tensor<UInt8>
    let finite: Tensor<Bool>

    init(capacity: Int) throws(InferenceError) {
        frames = try Tensor([capacity])
        conditioning = try Tensor([capacity, 50, 384])
        images = try Tensor([capacity, FaceCrop.size, FaceCrop.size, 3])
        finite = try Tensor([capacity])
    }

    /// The first of each.
    init(_ all: FaceTensors, size: Int) throws(InferenceError) {
        frames = try all.frames.prefix(size)
        conditioning = try all.conditioning.prefix(size)
        images = try all.images.prefix(size)
        finite = try all.finite.prefix(size)
    }
}

/// The graph, bound for batches of one size.
private final class FaceRun {
    private let binding: Binding
    private let tensors: FaceTensors
    private var latents: ResidentTensor<Float>?

    init(_ graph: Graph, size: Int, _ all: FaceTensors) throws(InferenceError) {
        binding = try Binding(graph)
        tensors = try FaceTensors(all, size: size)
        try binding.bind(input: "frames", to: tensors.frames)
        try binding.bind(input: "conditioning", to: tensors.conditioning)
        try binding.bind(output: "image", to: tensors.images)
        try binding.bind(output: "finite", to: tensors.finite)
    }

    func paint(_ batch: FaceBatch, of latents: ResidentTensor<Float>) throws(InferenceError) {
        if self.latents !== latents {
            try binding.bind(input: "latents", to: latents)
            self.latents = latents
        }
        tensors.frames.copy(batch.filmedFrames[..<batch.count])
        tensors.conditioning.copy(batch.conditioning[..<(batch.count * FaceBatch.conditioningCount)])
        try binding.run()
        tensors.images.withElements { batch.setImages(UnsafeBufferPointer($0)) }
    }

    /// Whether all faces of the last run are made of numbers.
    var isFinite: Bool { tensors.finite.withElements { $0.allSatisfy { $0 } } }
}
