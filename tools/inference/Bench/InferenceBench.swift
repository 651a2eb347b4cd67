import Foundation
import Inference

/// Runs a graph as often as standard input says, a number a line, and answers how many nanoseconds that took.
/// `compare.py` times it against ONNX Runtime's Python binding.
///
///     inference-bench GRAPH DEVICE THREADS [AXIS=LENGTH …]
@main
enum InferenceBench {
    static func main() {
        do {
            try run()
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(1)
        }
    }

    private static func run() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count >= 3, let threads = Int(arguments[3]) else {
            throw InferenceError.failed(doing: "reading the arguments", reason: "GRAPH DEVICE THREADS [AXIS=LENGTH …]")
        }
        let lengths = Dictionary(
            arguments.dropFirst(3).compactMap { argument in
                let parts = argument.split(separator: "=")
                return parts.count == 2 ? Int(parts[1]).map { (String(parts[0]), $0) } : nil
            }, uniquingKeysWith: { $1 })
        let graph = try Graph(arguments[1], device: InferenceDevice(arguments[2]), threads: threads)
        let binding = try Binding(graph)
        for port in graph.inputs { try binding.tie(port, isInput: true, shape: port.shape(lengths)) }
        for port in graph.outputs { try binding.tie(port, isInput: false, shape: port.shape(lengths)) }
        let clock = ContinuousClock()
        while let count = readLine().flatMap({ Int($0) }) {
            let duration = try clock.measure { for _ in 0..<count { try binding.run() } }
            let (seconds, attoseconds) = duration.components
            print(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
            fflush(nil)
        }
    }
}

extension Graph.Port {
    fileprivate func shape(_ lengths: [String: Int]) -> [Int] {
        axes.map { axis in
            switch axis {
            case .fixed(let length): length
            case .dynamic(let name): lengths[name] ?? 1
            }
        }
    }
}

extension Binding {
    fileprivate func tie(_ port: Graph.Port, isInput: Bool, shape: [Int]) throws {
        switch port.elementType {
        case .float32: try tie(port, isInput, Tensor<Float>(shape))
        case .uint8: try tie(port, isInput, Tensor<UInt8>(shape))
        case .bool: try tie(port, isInput, Tensor<Bool>(shape))
        case .int32: try tie(port, isInput, Tensor<Int32>(shape))
        case .int64: try tie(port, isInput, Tensor<Int64>(shape))
        default: throw InferenceError.failed(doing: "binding", reason: "no tensor for \(port)")
        }
    }

    /// Bound to the numbers that `compare.py` uses, which are such that no operator takes a short cut.
    private func tie(_ port: Graph.Port, _ isInput: Bool, _ tensor: Tensor<some TensorElement>) throws {
        guard isInput else { return try bind(output: port.name, to: tensor) }
        if let tensor = tensor as? Tensor<Float> {
            for index in 0..<tensor.count {
                tensor[index] = Float(UInt32(truncatingIfNeeded: index * 2_654_435_761) >> 24) / 128 - 1
            }
        }
        try bind(input: port.name, to: tensor)
    }
}
