import CONNXRuntime
import Foundation
import TestSupport
import Testing

@testable import Inference

@Suite(.timeLimit(.minutes(10)))
struct BindingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func graph(_ small: SmallGraph, threads: Int? = 1) throws -> Graph {
        try Graph(folder.file("small.onnx", small.bytes).path, threads: threads)
    }

    @Test func tensorsThatChangeBetweenRunsAreReadAndWrittenInPlace() throws {
        let binding = try Binding(graph(.addition))
        let left = try Tensor<Float>([1, 4], [1, 2, 3, 4])
        let sum = try Tensor<Float>([1, 4])
        try binding.bind(input: "left", to: left)
        try binding.bind(input: "right", to: Tensor<Float>([1, 4], [10, 20, 30, 40]))
        try binding.bind(output: "sum", to: sum)
        try binding.run()
        #expect(sum.elements == [11, 22, 33, 44])
        left[3] = 100
        try binding.run()
        #expect(sum.elements == [11, 22, 33, 140])
    }

    @Test func optionsChangeNoResult() throws {
        var options = Graph.Options(threads: 2)
        options.spins = false
        options.optimization = .none
        let path = try folder.file("small.onnx", SmallGraph.addition.bytes).path
        let binding = try Binding(Graph(path, device: .cpu, options: options, runtime: .shared()))
        let sum = try Tensor<Float>([2, 4])
        try binding.bind(input: "left", to: Tensor<Float>([2, 4], [1, 2, 3, 4, 5, 6, 7, 8]))
        try binding.bind(input: "right", to: Tensor<Float>([2, 4], [8, 7, 6, 5, 4, 3, 2, 1]))
        try binding.bind(output: "sum", to: sum)
        try binding.run()
        #expect(sum.elements == [Float](repeating: 9, count: 8))
    }

    @Test func smallerBatchesUseTheSameMemory() throws {
        let binding = try Binding(graph(.addition))
        let left = try Tensor<Float>([8, 4])
        let right = try Tensor<Float>([8, 4], (0..<32).map { Float($0) })
        let sum = try Tensor<Float>([8, 4])
        for batch in [8, 1, 3] {
            sum.withElements { $0.update(repeating: -1) }
            left.withElements { $0.update(repeating: Float(batch)) }
            try binding.bind(input: "left", to: left.prefix(batch))
            try binding.bind(input: "right", to: right.prefix(batch))
            try binding.bind(output: "sum", to: sum.prefix(batch))
            try binding.run()
            let expected = (0..<32).map { $0 < batch * 4 ? Float(batch + $0) : -1 }
            #expect(sum.elements == expected)
        }
    }

    @Test func whatLiesOnTheDeviceIsGatheredByIndex() throws {
        let graph = try graph(.gathering)
        let bank = try ResidentTensor<Float>([3, 2], on: .cpu)
        for row in 0..<3 {
            try [Float]([Float(row * 10), Float(row * 10 + 1)]).withUnsafeBufferPointer { try bank.write($0, at: row) }
        }
        let rows = try Tensor<Int64>([4])
        let found = try Tensor<Float>([4, 2])
        // Two bindings share it, as two sessions share an avatar.
        for order: [Int64] in [[2, 0, 1, 2], [1, 1, 1, 0]] {
            let binding = try Binding(graph)
            try binding.bind(input: "bank", to: bank)
            try binding.bind(input: "rows", to: rows)
            try binding.bind(output: "found", to: found)
            rows.copy(order)
            try binding.run()
            let expected: [Float] = order.flatMap { row in [Float(row * 10), Float(row * 10 + 1)] }
            #expect(found.elements == expected)
        }
    }

    @Test func anIndexBeyondTheBankIsAnError() throws {
        let binding = try Binding(graph(.gathering))
        try binding.bind(input: "bank", to: Tensor<Float>([3, 2]))
        try binding.bind(input: "rows", to: Tensor<Int64>([1], [3]))
        try binding.bind(output: "found", to: Tensor<Float>([1, 2]))
        let error = try #require(throws: InferenceError.self) { try binding.run() }
        #expect("\(error)".contains("small.onnx") && !error.isOutOfMemory)
    }

    /// How a device's memory is filled, proved where there is no GPU.
    @Test func whatIsCopiedByAGraphIsTheSame() throws {
        let runtime = try InferenceRuntime.shared()
        let copier = try runtime.copy(along: .init(device: .cpu, type: .float32))
        #expect(try runtime.copy(along: .init(device: .cpu, type: .float32)) === copier)
        let tensor = try copier.tensor([3, 2])
        for (index, part) in [(0, [1, 2]), (2, [3, 4]), (1, [5, 6]), (2, [7, 8])] as [(Int, [Float])] {
            try copier.copy(part, byteCount: 8, shape: [1, 2], into: tensor, at: index)
        }
        var data: UnsafeMutableRawPointer?
        try runtime.check(runtime.api.pointee.tensor_data(tensor.pointer, &data), doing: "reading")
        let start = try #require(data)
        let contents = UnsafeBufferPointer(start: start.assumingMemoryBound(to: Float.self), count: 6)
        #expect(Array(contents) == [1, 2, 5, 6, 7, 8])
    }

    @Test func anUnknownNameIsAnswered() throws {
        let binding = try Binding(graph(.addition))
        let tensor = try Tensor<Float>([1, 4])
        let error = try #require(throws: InferenceError.self) { try binding.bind(input: "sum", to: tensor) }
        #expect("\(error)".hasSuffix("small.onnx has no `sum`; it has `left`, `right`"))
        #expect(throws: InferenceError.self) { try binding.bind(output: "left", to: tensor) }
    }

    @Test func aTensorThatDoesNotFitIsRefused() throws {
        let binding = try Binding(graph(.addition))
        let shape = try #require(throws: InferenceError.self) {
            try binding.bind(input: "left", to: Tensor<Float>([1, 5]))
        }
        #expect(
            "\(shape)".contains("`left` of ")
                && "\(shape)".contains("was given float32 [1, 5]; it takes float32 [B, 4]"))
        #expect(throws: InferenceError.self) { try binding.bind(input: "left", to: Tensor<Float>([4])) }
        #expect(throws: InferenceError.self) { try binding.bind(input: "left", to: Tensor<Int64>([1, 4])) }
        #expect(throws: InferenceError.self) { try binding.bind(output: "sum", to: Tensor<UInt8>([1, 4])) }
    }

    @Test func batchesOfDifferentSizesAreRefused() throws {
        let binding = try Binding(graph(.addition))
        try binding.bind(input: "left", to: Tensor<Float>([2, 4]))
        try binding.bind(input: "right", to: Tensor<Float>([2, 4]))
        let unbound = try #require(throws: InferenceError.self) { try binding.run() }
        #expect("\(unbound)".contains("`sum`"))
        try binding.bind(output: "sum", to: Tensor<Float>([3, 4]))
        let error = try #require(throws: InferenceError.self) { try binding.run() }
        #expect("\(error)".contains("was given B = 3; it takes B = 2, as `"))
        let sum = try Tensor<Float>([2, 4], [Float](repeating: 1, count: 8))
        try binding.bind(output: "sum", to: sum)
        try binding.run()
        #expect(sum.elements == [Float](repeating: 0, count: 8))
    }

    @Test func memoryThatRunsOutIsToldApart() throws {
        let binding = try Binding(graph(.glutton))
        let mean = try Tensor<Float>([1])
        try binding.bind(input: "number", to: Tensor<Float>([1], [7]))
        try binding.bind(output: "mean", to: mean)
        let error = try #require(throws: InferenceError.self) { try binding.run() }
        #expect(error.isOutOfMemory, "\(error)")
        // The graph is not the worse for it.
        let again = try #require(throws: InferenceError.self) { try binding.run() }
        #expect(again.isOutOfMemory)
    }
}
