/// How batches are formed, as people set it.
public struct BatchingSettings: Sendable, Equatable {
    /// Who decides the sizes; what is by memory goes by the two settings that follow.
    public var policy = BatchSizePolicy.adaptive
    /// Of a policy by memory: see ``MemorySteps/thresholds``.
    public var memoryThresholds = MemorySteps.standard.thresholds
    /// Of a policy by memory: see ``MemorySteps/sizes``.
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
        if case .memory = policy { return .memory(steps) }
        return policy
    }
}
