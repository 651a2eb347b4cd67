/// Where graphs run: what `--device` names.
public enum InferenceDevice: Hashable, Sendable, CustomStringConvertible {
    /// The processor.
    case cpu
    /// A GPU, by its number, through CUDA and cuDNN.
    case cuda(Int)
    /// A GPU, by its number, through TensorRT, which compiles a graph when it is first run.
    case tensorrt(Int)

    /// Reads `cpu`, `cuda:N` or `tensorrt:N`; without a number the first GPU is meant.
    /// - Throws: ``InferenceError/unknownDevice(_:)``.
    public init(_ name: String) throws(InferenceError) {
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let number = parts.count == 2 ? Self.number(parts[1]) : 0
        switch (parts.first, number, parts.count) {
        case ("cpu", _, 1): self = .cpu
        case ("cuda", let number?, _): self = .cuda(number)
        case ("tensorrt", let number?, _): self = .tensorrt(number)
        default: throw .unknownDevice(name)
        }
    }

    /// The name that ``init(_:)`` reads.
    public var description: String { kind + (gpu.map { ":\($0)" } ?? "") }

    /// The number of its GPU; nil for the processor.
    public var gpu: Int? {
        switch self {
        case .cpu: nil
        case .cuda(let number), .tensorrt(let number): number
        }
    }

    /// Its name without a number.
    var kind: String {
        switch self {
        case .cpu: "cpu"
        case .cuda: "cuda"
        case .tensorrt: "tensorrt"
        }
    }

    /// The library's name of what runs graphs there.
    var provider: String {
        switch self {
        case .cpu: "CPUExecutionProvider"
        case .cuda: "CUDAExecutionProvider"
        case .tensorrt: "TensorrtExecutionProvider"
        }
    }

    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.count <= 3, text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int(text)
    }
}
