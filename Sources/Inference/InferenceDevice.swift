/// Where graphs run: what `--device` names.
public enum InferenceDevice: Hashable, Sendable, CustomStringConvertible {
    /// The processor.
    case cpu
    /// Some cores of the processor, by the system's numbers: a graph has a thread for each, and none leaves them.
    case cores(ClosedRange<Int>)
    /// A GPU, by its number, through CUDA and cuDNN.
    case cuda(Int)
    /// A GPU, by its number, through TensorRT, which compiles a graph when it is first run.
    case tensorrt(Int)

    /// Reads `cpu`, `cpu:A-B`, `cpu:A`, `cuda:N` or `tensorrt:N`; without a number the first GPU is meant.
    /// - Throws: ``InferenceError/unknownDevice(_:)``.
    public init(_ name: String) throws(InferenceError) {
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let number = parts.count == 2 ? Self.number(parts[1]) : 0
        switch (parts.first, number, parts.count) {
        case ("cpu", _, 1): self = .cpu
        case ("cpu", _, _):
            guard let cores = Self.range(parts[1]) else { throw .unknownDevice(name) }
            self = .cores(cores)
        case ("cuda", let number?, _): self = .cuda(number)
        case ("tensorrt", let number?, _): self = .tensorrt(number)
        default: throw .unknownDevice(name)
        }
    }

    /// The name that ``init(_:)`` reads.
    public var description: String {
        switch self {
        case .cpu: kind
        case .cores(let cores) where cores.count == 1: "\(kind):\(cores.lowerBound)"
        case .cores(let cores): "\(kind):\(cores.lowerBound)-\(cores.upperBound)"
        case .cuda(let number), .tensorrt(let number): "\(kind):\(number)"
        }
    }

    /// The number of its GPU; nil for the processor.
    public var gpu: Int? {
        switch self {
        case .cpu, .cores: nil
        case .cuda(let number), .tensorrt(let number): number
        }
    }

    /// The cores that it is confined to; nil for a GPU and for the whole processor.
    public var cores: ClosedRange<Int>? {
        if case .cores(let cores) = self { cores } else { nil }
    }

    /// Its name without a number.
    var kind: String {
        switch self {
        case .cpu, .cores: "cpu"
        case .cuda: "cuda"
        case .tensorrt: "tensorrt"
        }
    }

    /// The library's name of what runs graphs there.
    var provider: String {
        switch self {
        case .cpu, .cores: "CPUExecutionProvider"
        case .cuda: "CUDAExecutionProvider"
        case .tensorrt: "TensorrtExecutionProvider"
        }
    }

    private static func range(_ text: Substring) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map(number)
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last else { return nil }
        return first...last
    }

    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.count <= 3, text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int(text)
    }
}
