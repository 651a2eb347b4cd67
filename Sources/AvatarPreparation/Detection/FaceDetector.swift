public import Foundation
public import Inference
public import Video

/// Finds faces by SCRFD, a trained detector (InsightFace's `scrfd_*_kps.onnx`), on ONNX Runtime.
///
/// It blocks its thread, and belongs to one task at a time.
public final class FaceDetector {
    private let binding: Binding
    private let image: Tensor<Float>
    private let grids: [ScrfdGrid]
    private let scores: [Tensor<Float>]
    private let boxes: [Tensor<Float>]
    private let points: [Tensor<Float>]
    private let side: Int
    private var scalers: [Letterbox: RGBScaler] = [:]
    private var pixels: [UInt8] = []

    /// The file's name in the folder of models.
    public static let fileName = "scrfd_2.5g_kps.onnx"

    /// The detector among a person's models; nil if it is not there.
    /// - Parameter models: the folder of models.
    public static func file(in models: URL) -> URL? {
        let file = models.appending(path: fileName)
        return FileManager.default.fileExists(atPath: file.path) ? file : nil
    }

    /// The least score of a face; InsightFace's own.
    private static let threshold: Float = 0.5

    /// Loads a detector.
    /// - Parameters:
    ///   - path: the `.onnx` file.
    ///   - threads: that share one operation; nil for as many as the machine has cores.
    /// - Throws: `InferenceError`; ``CreationError/noDetector(file:found:)`` for a graph of another kind.
    public init(_ path: String, device: InferenceDevice = .cpu, threads: Int? = nil) throws {
        let graph = try Graph.patient(path, device: device, threads: threads)
        guard let input = graph.inputs.first, graph.inputs.count == 1, input.axes.count == 4,
            input.elementType == .float32, case .fixed(3) = input.axes[1]
        else { throw CreationError.noDetector(file: path, found: graph.inputs.map(\.description)) }
        // Some exports leave the size open; 640 is what it was trained for.
        if case .fixed(let height) = input.axes[2] { side = height } else { side = 640 }
        let grids = [8, 16, 32].map { [side] in ScrfdGrid(stride: $0, side: side) }
        let binding = try Binding(graph)
        image = try Tensor<Float>([1, 3, side, side])
        try binding.bind(input: input.name, to: image)
        scores = try grids.map { try Self.bind($0, numbers: 1, of: binding) }
        boxes = try grids.map { try Self.bind($0, numbers: 4, of: binding) }
        points = try grids.map { try Self.bind($0, numbers: 10, of: binding) }
        (self.grids, self.binding) = (grids, binding)
    }

    /// Binds the output that has so many numbers for each anchor of a grid.
    private static func bind(_ grid: ScrfdGrid, numbers: Int, of binding: Binding) throws -> Tensor<Float> {
        func shape(_ port: Graph.Port) -> [Int] {
            port.axes.map { if case .fixed(let length) = $0 { length } else { 1 } }
        }
        let graph = binding.graph
        guard let port = graph.outputs.first(where: { shape($0).suffix(2) == [grid.anchorCount, numbers] }) else {
            throw CreationError.noDetector(file: graph.path, found: graph.outputs.map(\.description))
        }
        let tensor = try Tensor<Float>(shape(port))
        try binding.bind(output: port.name, to: tensor)
        return tensor
    }

    /// The faces in a picture, the surest first.
    /// - Throws: `InferenceError`, `VideoFileError`.
    public func faces(in picture: PixelBuffer) throws -> [DetectedFace] {
        let faces = try faces(in: picture, share: 1)
        // A face that fills the picture is larger than any that the detector was trained with.
        return faces.isEmpty ? try self.faces(in: picture, share: 0.4) : faces
    }

    private func faces(in picture: PixelBuffer, share: Double) throws -> [DetectedFace] {
        let letterbox = Letterbox(
            pictureWidth: picture.width, pictureHeight: picture.height, side: side, share: share)
        try load(picture, in: letterbox)
        try binding.run()
        var found: [DetectedFace] = []
        for (index, grid) in grids.enumerated() {
            found += scores[index].withElements { scores in
                boxes[index].withElements { boxes in
                    points[index].withElements { points in
                        grid.faces(
                            scores: scores, boxes: boxes, points: points, above: Self.threshold, in: letterbox)
                    }
                }
            }
        }
        return found.distinct()
    }

    /// Lays the picture into the input: three planes, (x − 127.5) / 128; what is left over is black.
    private func load(_ picture: PixelBuffer, in letterbox: Letterbox) throws {
        let scaler = scalers[letterbox] ?? RGBScaler(width: letterbox.width, height: letterbox.height)
        scalers[letterbox] = scaler
        let count = letterbox.width * letterbox.height * 3
        if pixels.count < count { pixels = [UInt8](repeating: 0, count: count) }
        try pixels.withUnsafeMutableBufferPointer { pixels in
            try scaler.scale(picture, to: pixels, stride: letterbox.width * 3)
            image.withElements { image in
                image.update(repeating: -127.5 / 128)
                for plane in 0..<3 {
                    for row in 0..<letterbox.height {
                        let source = row &* letterbox.width
                        let result = (plane &* side &+ row) &* side
                        for column in 0..<letterbox.width {
                            let value = Float(pixels[(source &+ column) &* 3 &+ plane])
                            image[result &+ column] = (value - 127.5) / 128
                        }
                    }
                }
            }
        }
    }
}
