/// How a device was at one moment.
public struct DeviceReading: Sendable, Equatable {
    /// Its memory.
    public var memory: MemoryReading
    /// The share of time in which it was busy, 0…1: a processor since it was read before, a GPU in the last second at
    /// most. Nil where that is not known: at a processor's first reading, and for a part of a GPU.
    public var utilisation: Double?

    /// Puts a reading together.
    public init(memory: MemoryReading, utilisation: Double? = nil) {
        self.memory = memory
        self.utilisation = utilisation
    }
}

/// How much memory is in use, of how much.
public struct MemoryReading: Sendable, Equatable {
    /// What it is that cannot be exceeded.
    public enum Limit: Sendable, Equatable, CustomStringConvertible {
        /// A GPU's own memory.
        case device
        /// The machine's memory, which all programs share.
        case machine
        /// What a control group may have: a container, a service. The path begins at the root of the groups.
        case group(String)
        /// The addresses that the process may use (`ulimit -v`).
        case addressSpace

        /// What people call it.
        public var description: String {
            switch self {
            case .device: "the GPU's own"
            case .machine: "the machine's"
            case .group(let path): "the limit of the control group \(path)"
            case .addressSpace: "the process's limit of addresses, `ulimit -v`"
            }
        }
    }

    /// Bytes in use, by whomever, without those that the system gives back when asked.
    public let used: UInt64
    /// Bytes that there are, 1 or more and not fewer than are in use.
    public let total: UInt64
    /// What limits them.
    public let limit: Limit

    /// A reading that makes sense.
    /// - Parameter source: what was read, for the error.
    /// - Throws: ``HardwareError/nonsense(source:found:expected:)`` if more is used than there is, or nothing is there.
    public init(used: UInt64, total: UInt64, limit: Limit, source: String) throws(HardwareError) {
        guard total > 0, used <= total else {
            throw .nonsense(
                source: source, found: "\(used) of \(total) bytes are in use",
                expected: "1 or more, and no more in use than there are"
            )
        }
        self.used = used
        self.total = total
        self.limit = limit
    }

    /// A reading of something whose limit may have been lowered below what is in use, or to nothing: it is full then.
    init(used: UInt64, limitedTo total: UInt64, by limit: Limit) {
        self.total = max(1, total)
        self.used = min(used, self.total)
        self.limit = limit
    }

    /// The share that is in use, 0…1.
    public var share: Double { Double(used) / Double(total) }
    /// Bytes that are left.
    public var free: UInt64 { total - used }
}
