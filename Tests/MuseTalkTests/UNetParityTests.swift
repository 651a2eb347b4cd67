import Foundation
import Inference
import TestSupport
import Testing

@testable import MuseTalk

/// The UNet is inside the face graph, whose outputs are finished bytes; a copy of the graph shows what lies between.
@Suite(.timeLimit(.minutes(10)), .enabled(if: Golden.exist && MiniModel.exists)) struct UNetParityTests {
    @Test func latentsAreThoseOfTheOfficialCode() throws {
        let place = try TemporaryFolder()
        let painted = "/unet/conv_out/Conv_output_0"
        let graph = try Graph(try Self.faceGraph(showing: painted, in: place).path)
        let binding = try Binding(graph)
        let frames = try Tensor<Int64>([8], Array(0..<8))
        let slots = try GoldenFaces.slots(0..<8)
        let latents = try Tensor<Float>([8, 8, 32, 32], slots.flatMap { $0.frame.withLatents { Array($0) } })
        let conditioning = try Tensor<Float>([8, 50, 384], slots.flatMap(\.conditioning))
        let result = try Tensor<Float>([8, 4, 32, 32])
        try binding.bind(input: "latents", to: latents)
        try binding.bind(input: "frames", to: frames)
        try binding.bind(input: "conditioning", to: conditioning)
        try binding.bind(output: "image", to: Tensor<UInt8>([8, 256, 256, 3]))
        try binding.bind(output: "finite", to: Tensor<Bool>([8]))
        try binding.bind(output: painted, to: result)
        try binding.run()

        let official = try Golden.array("pred_latents.npy", of: Float.self).elements
        let squares = zip(result.elements, official).map { pow(Double($0 - $1), 2) }
        let distance = (squares.reduce(0, +) / official.map { pow(Double($0), 2) }.reduce(0, +)).squareRoot()
        print("UNet: relative L2 \(distance)")
        #expect(distance <= 1e-4)
    }

    /// A copy of the face graph with one output more. Protocol buffers that are put one behind the other are merged: it
    /// is enough to append a model with nothing but a graph with nothing but that output.
    private static func faceGraph(showing tensor: String, in place: TemporaryFolder) throws -> URL {
        let folder = MiniModel.folder.resolvingSymlinksInPath()
        let copy = place.url.appending(path: "face.onnx")
        func field(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
            [number << 3 | 2, UInt8(content.count)] + content
        }
        let output = field(12, field(1, Array(tensor.utf8)))
        try (Data(contentsOf: folder.appending(path: "face.onnx")) + Data(field(7, output))).write(to: copy)
        try FileManager.default.copyItem(
            at: folder.appending(path: "face.onnx.data"), to: place.url.appending(path: "face.onnx.data"))
        return copy
    }
}
