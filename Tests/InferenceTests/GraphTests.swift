import Foundation
import Inference
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct GraphTests {
    @Test(.enabled(if: Model.faceDetector.exists))
    func `a graph says what it takes and gives`() throws {
        let graph = try Graph(Model.faceDetector.path)
        #expect(graph.inputs.map(\.description) == ["images: float32 [1, 3, 640, 640]"])
        #expect(graph.outputs.count == 9)
        #expect(try graph.output("out8").description == "out8: float32 [1, 800, 10]")
    }

    @Test(.enabled(if: Model.voiceDetector.exists))
    func `silence is no speech`() throws {
        let binding = try Binding(Graph(Model.voiceDetector.path))
        let probability = try Tensor<Float>([1, 1])
        try binding.bind(input: "input", to: Tensor<Float>([1, 576]))
        try binding.bind(input: "state", to: Tensor<Float>([2, 1, 128]))
        try binding.bind(input: "sr", to: Tensor<Int64>([], [16000]))
        try binding.bind(output: "output", to: probability)
        try binding.bind(output: "stateN", to: Tensor<Float>([2, 1, 128]))
        try binding.run()
        #expect(0..<0.1 ~= probability[0])
    }
}
