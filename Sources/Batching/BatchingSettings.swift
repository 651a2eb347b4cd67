/// How batches are formed, as people set it.
public struct BatchingSettings: Sendable, Equatable {
    /// Which policy decides the sizes.
    public enum Policy: Sendable, Equatable {
        /// Always so many.
        case fixed(Int)
        /// By the share of memory in use.
        case memory
        /// By deadlines.
        case adaptive

        /// Reads `adaptive`, `memory` or `fixed:N`, N being 1…``BatchSizes/limit``.
        /// - Throws: ``BatchingError/policy(_:)``.
        public init(_ name: String) throws(BatchingError) {
            let parts = name.split(separator: ":", maxSplits: 1).map { $0.filter { $0 != " " } }
            switch (parts.first, parts.count == 2 ? Int(parts[1]) : nil, parts.count) {
            case ("adaptive", _, 1): self = .adaptive
            case ("memory", _, 1): self = .memory
            case ("fixed", let size?, 2) where 1...BatchSizes.limit ~= size: self = .fixed(size)
            default: throw .policy(name)
            }
        }
    }

    /// Which policy decides the sizes.
    public var policy = Policy.adaptive
    /// Of the policy ``Policy/memory``: see ``MemorySteps/thresholds``.
    public var memoryThresholds = MemorySteps.standard.thresholds
    /// Of the policy ``Policy/memory``: see ``MemorySteps/sizes``.
    public var memorySizes = MemorySteps.standard.sizes
    /// When memory is short, whatever the policy.
    public var memory = MemoryGuard.Thresholds()
    /// How long batches may be tried out before anybody is let in, in seconds.
    public var warmUpSeconds = 20.0

    /// The defaults.
    public init() {}

    /// What a scheduler is configured with.
    /// - Throws: ``BatchingError`` if the settings contradict each other.
    public func sizePolicy() throws(BatchingError) -> BatchSizePolicy {
        guard memory.calm < memory.alarm else { throw .guardThresholds(calm: memory.calm, alarm: memory.alarm) }
        // Checked in any case: a mistake shows at once, not when the policy is changed.
        let steps = try MemorySteps(thresholds: memoryThresholds, sizes: memorySizes)
        return switch policy {
        case .fixed(let size): .fixed(size)
        case .memory: .memory(steps)
        case .adaptive: .adaptive
        }
    }
}
