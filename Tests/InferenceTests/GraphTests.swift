import Foundation
import Inference
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct GraphTests {
    @Test(.enabled(if: TrainedModel.faceDetector.exists)) func aGraphSaysWhatItTakesAndGives() throws {
        let graph = try Graph(TrainedModel.faceDetector.path)
        #expect(graph.inputs.map(\.description) == ["images: float32 [1, 3, 640, 640]"])
        #expect(graph.outputs.count == 9)
        #expect(try graph.output("out8").description == "out8: float32 [1, 800, 10]")
    }

    @Test(.enabled(if: TrainedModel.voiceDetector.exists)) func axesWithoutALengthAreDynamic() throws {
        let graph = try Graph(TrainedModel.voiceDetector.path)
        #expect(try graph.input("state").axes == [.fixed(2), .dynamic(""), .fixed(128)])
        #expect(try graph.input("sr").axes == [])
        #expect(try graph.input("sr").elementType == .int64)
    }

    /// The same noise through the Python binding of ONNX Runtime 1.32: first, middle and last number of each output.
    @Test(.enabled(if: TrainedModel.faceDetector.exists), arguments: [1, 2]) func theResultsAreThoseOfPython(
        threads: Int
    ) throws {
        let expected: [[Float]] = [
            [0.023975, 0.0083198, 0.0201285], [0.0292792, 0.017477, 0.0293776], [0.0332581, 0.0145817, 0.0414221],
            [0.899887, 0.700978, 1.6297], [1.15295, 1.27676, 1.84378], [1.56304, 1.67518, 0.000495612],
            [-0.267508, -0.314579, 0.745533], [-0.431999, -0.50704, 0.910985], [-0.5657, -0.618854, 0.338593],
        ]
        let graph = try Graph(TrainedModel.faceDetector.path, threads: threads)
        let binding = try Binding(graph)
        let image = try Tensor<Float>([1, 3, 640, 640])
        image.withElements { pixels in
            for index in pixels.indices {
                pixels[index] = Float(UInt32(truncatingIfNeeded: index * 2_654_435_761) >> 24) / 128 - 1
            }
        }
        try binding.bind(input: "images", to: image)
        var outputs: [Tensor<Float>] = []
        for port in graph.outputs {
            let shape = port.axes.map { if case .fixed(let length) = $0 { length } else { 1 } }
            let tensor = try Tensor<Float>(shape)
            try binding.bind(output: port.name, to: tensor)
            outputs.append(tensor)
        }
        try binding.run()
        for (output, expected) in zip(outputs, expected) {
            let found = [output[0], output[output.count / 2], output[output.count - 1]]
            #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-3 * max(abs($1), 0.01) }, "\(found)")
        }
    }

    /// Where the recording's first sentence begins, as the Python binding says with the same windows.
    @Test(.enabled(if: TrainedModel.voiceDetector.exists && Recording.english.exists))
    func aStateIsCarriedFromRunToRun() throws {
        let listener = try Listener(Graph(TrainedModel.voiceDetector.path, threads: 1))
        let probabilities = try listener.probabilities(of: samples(160 * 512))
        let expected: [Int: Float] = [
            0: 0.041618, 1: 0.034505, 72: 0.023872, 95: 0.035726, 96: 0.860377, 97: 0.99599, 157: 0.991785,
        ]
        for (window, probability) in expected {
            #expect(abs(probabilities[window] - probability) < 1e-3, "window \(window)")
        }
    }

    @Test(.enabled(if: TrainedModel.voiceDetector.exists && Recording.english.exists)) func manyThreadsRunOneGraph()
        async throws
    {
        let graph = try Graph(TrainedModel.voiceDetector.path, threads: 1)
        let samples = try samples(120 * 512)
        let alone = try Listener(graph).probabilities(of: samples)
        try await withThrowingTaskGroup { group in
            for number in 0..<4 {
                let queue = ListeningQueue(number)
                group.addTask { try await queue.probabilities(of: samples, graph) }
            }
            for try await together in group { #expect(together == alone) }
        }
    }

    @Test(.enabled(if: TrainedModel.faceDetector.exists)) func brokenFilesAreErrors() throws {
        let folder = try TemporaryFolder()
        let whole = try Data(contentsOf: URL(filePath: TrainedModel.faceDetector.path))
        let files = [
            try folder.file("empty.onnx"), try folder.file("text.onnx", Array("no graph".utf8)),
            try folder.file("cut.onnx", whole.prefix(whole.count / 2)),
            try folder.file("unknown.onnx", Self.unknownOperator.bytes), folder.url,
            folder.url.appending(path: "not.onnx"),
        ]
        for file in files {
            let error = try #require(throws: InferenceError.self) { try Graph(file.path) }
            guard case .graphUnreadable(file.path, _) = error else {
                Issue.record(error)
                continue
            }
        }
    }

    private static let unknownOperator = SmallGraph(
        inputs: [("x", .float32, ["1"])], outputs: [("y", .float32, ["1"])], nodes: [("Wish", ["x"], ["y"])])

    /// The first samples of the recording, in −1…1.
    private func samples(_ count: Int) throws -> [Float] {
        let file = try Data(contentsOf: Recording.english.url)
        let start = try #require(file.firstRange(of: Data("data".utf8))).upperBound + 4
        return (0..<count).map { index in
            let low = UInt16(file[start + index * 2]), high = UInt16(file[start + index * 2 + 1])
            return Float(Int16(bitPattern: high << 8 | low)) / 32_768
        }
    }
}

/// The trained voice-activity detector: 512 samples at a time, with the 64 before them and a state.
private final class Listener {
    private let binding: Binding
    private let window: Tensor<Float>
    private let state: Tensor<Float>
    private let nextState: Tensor<Float>
    private let probability: Tensor<Float>

    init(_ graph: Graph) throws {
        binding = try Binding(graph)
        window = try Tensor([1, 576])
        state = try Tensor([2, 1, 128])
        nextState = try Tensor([2, 1, 128])
        probability = try Tensor([1, 1])
        try binding.bind(input: "input", to: window)
        try binding.bind(input: "state", to: state)
        try binding.bind(input: "sr", to: Tensor<Int64>([], [16_000]))
        try binding.bind(output: "output", to: probability)
        try binding.bind(output: "stateN", to: nextState)
    }

    func probabilities(of samples: [Float]) throws -> [Float] {
        try stride(from: 0, to: samples.count - 511, by: 512).map { start in
            let before = start == 0 ? [Float](repeating: 0, count: 64) : Array(samples[start - 64..<start])
            window.copy(before + samples[start..<start + 512])
            try binding.run()
            state.copy(nextState.elements)
            return probability[0]
        }
    }
}

/// A listener that listens on a thread of its own.
private actor ListeningQueue {
    private let queue: InferenceQueue

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    init(_ number: Int) { queue = InferenceQueue("listener \(number)") }

    func probabilities(of samples: [Float], _ graph: Graph) throws -> [Float] {
        try Listener(graph).probabilities(of: samples)
    }
}
