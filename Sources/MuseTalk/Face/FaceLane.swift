import Batching
import Inference

/// What one batch on its way through the face graph needs: tensors with room for the largest, and the graph bound to
/// them for each size. Allocated once.
///
/// Unchecked: one batch at a time is in a lane, see `BatchRunner`.
final class FaceLane: @unchecked Sendable {
    private let tensors: FaceTensors
    private let bindings: [Int: Binding]
    private let bank: LatentBank
    /// The first of ``FaceTensors/frames`` are rows that are this lane's, until it is loaded again.
    private var rows = 0

    init(_ graph: Graph, sizes: BatchSizes, bank: LatentBank) throws(InferenceError) {
        tensors = try FaceTensors(capacity: sizes.largest)
        var bindings: [Int: Binding] = [:]
        for size in sizes.all { bindings[size] = try tensors.bind(graph, bank, size: size) }
        self.bindings = bindings
        self.bank = bank
    }

    /// Copies frames in.
    /// - Parameter size: of the run; places beyond the batch repeat its last frame.
    /// - Throws: `InferenceError` if latents cannot be copied to the device.
    func load(_ batch: [FaceSlot], size: Int) throws {
        while rows > 0 {
            rows -= 1
            bank.release(Int(tensors.frames[rows]))
        }
        for (place, slot) in batch.enumerated() {
            tensors.frames[place] = Int64(try bank.take(slot.frame))
            rows += 1
            tensors.conditioning.set(slot.conditioning, at: place)
        }
        for place in batch.count..<size { tensors.frames[place] = tensors.frames[batch.count - 1] }
    }

    /// Runs the graph for the first `size` frames. It blocks the thread.
    func run(size: Int) throws(InferenceError) {
        guard let binding = bindings[size] else { preconditionFailure("a batch of \(size)") }
        try binding.run()
    }

    /// Copies faces out.
    func unload(into batch: [FaceSlot]) {
        tensors.images.withElements { images in
            for (place, slot) in batch.enumerated() {
                let pixels = images[place * FaceCrop.byteCount..<(place + 1) * FaceCrop.byteCount]
                slot.setImage(UnsafeBufferPointer(rebasing: pixels), isFinite: tensors.finite[place])
            }
        }
    }
}

/// The memory that the graph reads and writes.
private struct FaceTensors {
    /// Where in the bank the frames' latents are.
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

    /// The graph with the first `size` of each.
    func bind(_ graph: Graph, _ bank: LatentBank, size: Int) throws(InferenceError) -> Binding {
        let binding = try Binding(graph)
        try binding.bind(input: "latents", to: bank.tensor)
        try binding.bind(input: "frames", to: frames.prefix(size))
        try binding.bind(input: "conditioning", to: conditioning.prefix(size))
        try binding.bind(output: "image", to: images.prefix(size))
        try binding.bind(output: "finite", to: finite.prefix(size))
        return binding
    }
}

extension Tensor<Float> {
    /// Copies numbers in.
    /// - Parameter place: in units of as many numbers.
    fileprivate func set(_ numbers: [Float], at place: Int) {
        withElements { all in
            let part = UnsafeMutableBufferPointer(rebasing: all[place * numbers.count..<(place + 1) * numbers.count])
            _ = numbers.withUnsafeBufferPointer { part.update(fromContentsOf: $0) }
        }
    }
}
