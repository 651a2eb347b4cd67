public import Foundation
public import Inference
import MuseTalk
public import Video

/// Tells the parts of a face by a network trained on CelebAMask-HQ, such as the BiSeNet that MuseTalk takes its masks
/// from, exported to ONNX.
///
/// It blocks its thread, and belongs to one task at a time.
public final class FaceParser {
    /// The file's name in the folder of models.
    public static let fileName = "face_parsing.onnx"

    private let binding: Binding
    private let image: Tensor<Float>
    private let scores: Tensor<Float>

    /// What the network was trained with: means and standard deviations of red, green and blue in ImageNet.
    private static let mean: [Float] = [0.485, 0.456, 0.406]
    private static let deviation: [Float] = [0.229, 0.224, 0.225]

    /// The parser among a person's models; nil if it is not there.
    /// - Parameter models: the folder of models.
    public static func file(in models: URL) -> URL? {
        let file = models.appending(path: fileName)
        return FileManager.default.fileExists(atPath: file.path) ? file : nil
    }

    /// Loads a parser.
    /// - Parameters:
    ///   - path: the `.onnx` file: one picture, 3×512×512, to the scores of 19 parts, 19×512×512. Further outputs, as
    ///     the exports of the training code have them, are left aside.
    ///   - threads: that share one operation; nil for as many as the machine has cores.
    /// - Throws: `InferenceError`, also for a graph of another kind.
    public init(_ path: String, device: InferenceDevice = .cpu, threads: Int? = nil) throws(InferenceError) {
        let graph = try Graph.patient(path, device: device, threads: threads)
        let size = ParsedFace.size
        let shape = [1, ParsedFace.partCount, size, size]
        binding = try Binding(graph)
        image = try Tensor([1, 3, size, size])
        scores = try Tensor(shape)
        for input in graph.inputs { try binding.bind(input: input.name, to: image) }
        for (index, output) in graph.outputs.enumerated() {
            if index == 0 {
                try binding.bind(output: output.name, to: scores)
            } else {
                let lengths = zip(output.axes, shape).map { axis, usual in
                    if case .fixed(let length) = axis { length } else { usual }
                }
                try binding.bind(output: output.name, to: Tensor<Float>(lengths))
            }
        }
    }

    /// The parts of the face in a square of a picture; what lies beyond the picture is black.
    /// - Throws: `InferenceError`.
    /// - Precondition: some of the square lies in the picture.
    public func parse(_ picture: PixelBuffer, in square: PixelBox) throws(InferenceError) -> ParsedFace {
        for (index, plane) in Self.planes(of: picture, in: square).enumerated() { load(plane, index) }
        try binding.run()
        return ParsedFace(labels: scores.withElements(Self.surest))
    }

    /// Red, green and blue at the network's size.
    private static func planes(of picture: PixelBuffer, in square: PixelBox) -> [GrayImage] {
        let visible = RGBImage(picture, in: square)
        let (left, top) = (max(0, -square.left), max(0, -square.top))
        return (0..<3).map { channel in
            var plane = GrayImage(width: square.width, height: square.height)
            for y in 0..<visible.height {
                for x in 0..<visible.width {
                    plane.pixels[(y + top) * square.width + x + left] =
                        visible.pixels[(y * visible.width + x) * 3 + channel]
                }
            }
            return plane.resized(width: ParsedFace.size, height: ParsedFace.size, by: .bilinear)
        }
    }

    private func load(_ plane: GrayImage, _ channel: Int) {
        let count = plane.pixels.count
        image.withElements { image in
            for (index, value) in plane.pixels.enumerated() {
                image[channel * count + index] = (Float(value) / 255 - Self.mean[channel]) / Self.deviation[channel]
            }
        }
    }

    /// The part with the highest score at each pixel; of equal ones the first.
    private static func surest(_ scores: UnsafeMutableBufferPointer<Float>) -> [UInt8] {
        let count = ParsedFace.size * ParsedFace.size
        var labels = [UInt8](repeating: 0, count: count)
        var best = Array(scores[..<count])
        for part in 1..<ParsedFace.partCount {
            for index in 0..<count where scores[part * count + index] > best[index] {
                best[index] = scores[part * count + index]
                labels[index] = UInt8(part)
            }
        }
        return labels
    }
}
