public import Inference
public import MuseTalk

/// Turns pictures of faces into the latents from which the model repaints them, several at a time.
///
/// It blocks its thread, and belongs to one task at a time.
public final class LatentEncoder {
    /// Faces that are encoded at a time.
    public let batchSize: Int

    private let graph: Graph
    private let images: Tensor<UInt8>
    private let latents: Tensor<Float>
    private let whole: Binding

    /// Loads an encoder.
    /// - Parameters:
    ///   - path: the graph `encoder.onnx` of a model directory.
    ///   - batchSize: faces at a time: more use a GPU better, and need more memory.
    /// - Throws: `InferenceError`.
    public init(
        _ path: String, device: InferenceDevice = .cpu, threads: Int? = nil, batchSize: Int = 4
    ) throws(InferenceError) {
        self.batchSize = batchSize
        graph = try Graph.patient(path, device: device, threads: threads)
        images = try Tensor<UInt8>([batchSize, FaceCrop.size, FaceCrop.size, 3])
        latents = try Tensor<Float>([batchSize, 8, 32, 32])
        whole = try Self.binding(graph, images, latents)
    }

    /// Encodes faces.
    /// - Parameters:
    ///   - faces: up to ``batchSize`` pictures of 256×256.
    ///   - body: is lent the latents, 8×32×32 numbers for each face.
    /// - Throws: `InferenceError`, and what `body` throws.
    public func encode(_ faces: [RGBImage], _ body: (UnsafeBufferPointer<Float>) throws -> Void) throws {
        precondition((1...batchSize).contains(faces.count))
        precondition(faces.allSatisfy { $0.width == FaceCrop.size && $0.height == FaceCrop.size })
        images.withElements { bytes in
            for (index, face) in faces.enumerated() {
                let place = bytes[(index * FaceCrop.byteCount)..<((index + 1) * FaceCrop.byteCount)]
                _ = UnsafeMutableBufferPointer(rebasing: place).update(fromContentsOf: face.pixels)
            }
        }
        let isWhole = faces.count == batchSize
        // Only the last faces of a film are fewer.
        let binding =
            isWhole ? whole : try Self.binding(graph, images.prefix(faces.count), latents.prefix(faces.count))
        try binding.run()
        let count = latents.count / batchSize * faces.count
        try latents.withElements { try body(UnsafeBufferPointer(rebasing: $0[..<count])) }
    }

    private static func binding(
        _ graph: Graph, _ images: Tensor<UInt8>, _ latents: Tensor<Float>
    ) throws(InferenceError) -> Binding {
        let binding = try Binding(graph)
        try binding.bind(input: "image", to: images)
        try binding.bind(output: "latents", to: latents)
        return binding
    }
}
