public import Foundation
public import Inference
public import Video

/// Finds 68 landmarks of a face by DWPose (Yang et al., 2023), as MuseTalk does: the person in the picture is asked for
/// 133 points, of which 23…90 are the face's, in the order of the 300-W marking.
///
/// It blocks its thread, and belongs to one task at a time.
public final class LandmarkDetector {
    private let binding: Binding
    private let image: Tensor<Float>
    private let columns: Tensor<Float>
    private let rows: Tensor<Float>
    private var scalers: [PoseFrame: RGBScaler] = [:]
    private var pixels: [UInt8] = []

    /// The file's name in the folder of models.
    public static let fileName = "dw-ll_ucoco_384.onnx"
    /// The points of the face among all.
    private static let face = 23..<91
    /// All points: body, feet, face and hands.
    private static let pointCount = 133
    /// Width and height of its input.
    private static let size = (width: 288, height: 384)
    /// Places that are told apart within a pixel of the input (SimCC).
    private static let places = 2
    /// How red, green and blue are brought to a mean of 0 and a deviation of 1: ImageNet's numbers.
    private static let mean: [Float] = [123.675, 116.28, 103.53]
    private static let deviation: [Float] = [58.395, 57.12, 57.375]

    /// The detector among a person's models; nil if it is not there.
    /// - Parameter models: the folder of models.
    public static func file(in models: URL) -> URL? {
        let file = models.appending(path: fileName)
        return FileManager.default.fileExists(atPath: file.path) ? file : nil
    }

    /// Loads a detector.
    /// - Parameter path: the `.onnx` file.
    /// - Throws: `InferenceError`; ``CreationError/noLandmarks(file:found:)`` for a graph of another kind.
    public init(_ path: String, device: InferenceDevice = .cpu, threads: Int? = nil) throws {
        let graph = try Graph.patient(path, device: device, threads: threads)
        image = try Tensor<Float>([1, 3, Self.size.height, Self.size.width])
        columns = try Tensor<Float>([1, Self.pointCount, Self.size.width * Self.places])
        rows = try Tensor<Float>([1, Self.pointCount, Self.size.height * Self.places])
        binding = try Binding(graph)
        do {
            guard graph.inputs.count == 1, graph.outputs.count == 2, let input = graph.inputs.first else {
                throw CreationError.noLandmarks(
                    file: path, found: (graph.inputs + graph.outputs).map(\.description))
            }
            try binding.bind(input: input.name, to: image)
            try binding.bind(output: "simcc_x", to: columns)
            try binding.bind(output: "simcc_y", to: rows)
        } catch is InferenceError {
            throw CreationError.noLandmarks(file: path, found: (graph.inputs + graph.outputs).map(\.description))
        }
    }

    /// The face's 68 landmarks, in pixels of the picture.
    /// - Throws: `InferenceError`, `VideoFileError`.
    public func landmarks(in picture: PixelBuffer) throws -> [SIMD2<Double>] {
        let frame = PoseFrame(
            pictureWidth: picture.width, pictureHeight: picture.height, width: Self.size.width,
            height: Self.size.height)
        try load(picture, in: frame)
        try binding.run()
        return Self.face.map { point in
            let place = SIMD2(
                Double(Self.peak(of: point, in: columns)), Double(Self.peak(of: point, in: rows)))
            return frame.picturePlace(of: place / Double(Self.places))
        }
    }

    /// Lays the picture into the middle of the input; what is left over is black.
    private func load(_ picture: PixelBuffer, in frame: PoseFrame) throws {
        let scaler = scalers[frame] ?? RGBScaler(width: frame.shownWidth, height: frame.shownHeight)
        scalers[frame] = scaler
        pixels = [UInt8](repeating: 0, count: scaler.width * scaler.height * 3)
        try pixels.withUnsafeMutableBufferPointer { try scaler.scale(picture, to: $0, stride: scaler.width * 3) }
        image.withElements { image in
            for plane in 0..<3 {
                let (mean, deviation) = (Self.mean[plane], Self.deviation[plane])
                let start = plane * Self.size.width * Self.size.height
                for index in start..<(start + Self.size.width * Self.size.height) { image[index] = -mean / deviation }
                for row in 0..<scaler.height {
                    let result = start + (row + frame.top) * Self.size.width + frame.left
                    for column in 0..<scaler.width {
                        let value = Float(pixels[(row * scaler.width + column) * 3 + plane])
                        image[result + column] = (value - mean) / deviation
                    }
                }
            }
        }
    }

    /// The most likely place of a point along one axis.
    private static func peak(of point: Int, in axis: Tensor<Float>) -> Int {
        let count = axis.shape[2]
        return axis.withElements { scores in
            let scores = scores[(point * count)..<((point + 1) * count)]
            return (scores.indices.max { scores[$0] < scores[$1] } ?? scores.startIndex) - scores.startIndex
        }
    }
}

/// How a picture lies in the input of a pose estimator: as large as it fits with a quarter of its size around it, in the
/// middle, as MMPose takes a picture of which it does not know where the person is.
struct PoseFrame: Hashable {
    /// Width of the picture in the input.
    let shownWidth: Int
    /// Height of the picture in the input.
    let shownHeight: Int
    /// The picture's first column in the input.
    let left: Int
    /// The picture's first row in the input.
    let top: Int

    private let scale: SIMD2<Double>
    private static let padding = 1.25

    init(pictureWidth: Int, pictureHeight: Int, width: Int, height: Int) {
        let factor = min(
            Double(width) / (Double(pictureWidth) * Self.padding),
            Double(height) / (Double(pictureHeight) * Self.padding))
        shownWidth = max(1, Int((Double(pictureWidth) * factor).rounded()))
        shownHeight = max(1, Int((Double(pictureHeight) * factor).rounded()))
        left = (width - shownWidth) / 2
        top = (height - shownHeight) / 2
        scale = SIMD2(Double(pictureWidth) / Double(shownWidth), Double(pictureHeight) / Double(shownHeight))
    }

    /// Where a place of the input is in the picture.
    func picturePlace(of place: SIMD2<Double>) -> SIMD2<Double> {
        (place - SIMD2(Double(left), Double(top))) * scale
    }
}
