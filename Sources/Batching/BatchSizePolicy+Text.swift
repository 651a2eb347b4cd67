extension BatchSizePolicy: CustomStringConvertible {
    /// Reads what people write: `adaptive`, `memory` for ``MemorySteps/standard``, or `fixed:N`.
    /// - Throws: ``BatchingError/policy(_:)``.
    public init(_ text: String) throws(BatchingError) {
        switch text {
        case "adaptive": self = .adaptive
        case "memory": self = .memory(.standard)
        default:
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0] == "fixed", let size = Int(parts[1].drop { $0 == " " }),
                1...BatchSizes.limit ~= size
            else { throw .policy(text) }
            self = .fixed(size)
        }
    }

    /// What people write.
    public var description: String {
        switch self {
        case .fixed(let size): "fixed:\(size)"
        case .memory: "memory"
        case .adaptive: "adaptive"
        }
    }
}
