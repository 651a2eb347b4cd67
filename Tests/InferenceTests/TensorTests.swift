import Inference
import Testing

struct TensorTests {
    @Test(arguments: [[], [1], [3, 5, 7], [1, 1, 1]])
    func elementsBeginAtACacheLine(shape: [Int]) throws {
        let tensor = try Tensor<UInt8>(shape)
        #expect(tensor.count == shape.reduce(1, *))
        tensor.withElements { elements in
            #expect(UInt(bitPattern: elements.baseAddress) % 64 == 0)
            #expect(elements.allSatisfy { $0 == 0 })
        }
    }

    @Test(arguments: [[0], [2, -1], [Int.max, 2], [1 << 62, 1]])
    func impossibleShapesAreRefused(shape: [Int]) {
        #expect(throws: InferenceError.invalidShape(shape)) { try Tensor<Float>(shape) }
    }

    @Test func asManyElementsAsTheShapeHas() throws {
        #expect(throws: InferenceError.invalidShape([2, 2])) { try Tensor<Float>([2, 2], [1, 2, 3]) }
        #expect(try Tensor<Int64>([], [16_000])[0] == 16_000)
    }

    @Test func aTensorLargerThanMemoryIsAnError() throws {
        let error = try #require(throws: InferenceError.self) { try Tensor<Double>([1 << 50]) }
        #expect(error.isOutOfMemory)
    }

    @Test func aPrefixIsTheSameMemory() throws {
        let tensor = try Tensor<Int32>([4, 3], (0..<12).map { $0 })
        let half = try tensor.prefix(2)
        #expect(half.shape == [2, 3] && half.elements == [0, 1, 2, 3, 4, 5])
        half[0] = 99
        #expect(tensor[0] == 99)
        for length in [0, 5, -1] { #expect(throws: InferenceError.self) { try tensor.prefix(length) } }
        #expect(throws: InferenceError.self) { try Tensor<Int32>([]).prefix(1) }
    }
}
