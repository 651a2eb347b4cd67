/// A device that makes frames, a batch at a time.
public protocol BatchRunner: Sendable {
    /// What it takes to make a frame, and room for the result: it is lent to the runner until ``run(_:inLane:)``
    /// returns.
    associatedtype Work: Sendable

    /// Makes the frames of a batch.
    /// - Parameters:
    ///   - batch: one of the sizes that the scheduler was configured with.
    ///   - lane: each is used by one batch at a time, so that it can own buffers.
    /// - Returns: how long the device worked, without waiting for the batch before.
    @concurrent
    func run(_ batch: [Work], inLane lane: Int) async throws -> Duration

    /// Whether a smaller batch might succeed where one failed with this error.
    func isOutOfMemory(_ error: any Error) -> Bool
}

/// Who wants to know what a device does: telemetry. Called on the batcher's thread; it has to be quick.
public protocol BatchObserver: Sendable {
    /// A batch is made.
    /// - Parameters:
    ///   - size: frames in it.
    ///   - took: how long the device worked.
    ///   - limit: the most frames in a batch now.
    ///   - capacity: frames a second that the device can make, as far as is known.
    func finished(size: Int, took: Duration, limit: Int, capacity: Double)
    /// A job waited so long before the device began with it.
    func waited(_ time: Duration)
    /// Jobs were dropped.
    func dropped(_ count: Int)
    /// There was no memory for a batch.
    func ranOutOfMemory(size: Int)
    /// Memory is short, or is no longer.
    func memoryAlarm(_ isAlarmed: Bool)
}

extension BatchObserver {
    /// Does nothing.
    public func finished(size: Int, took: Duration, limit: Int, capacity: Double) {}
    /// Does nothing.
    public func waited(_ time: Duration) {}
    /// Does nothing.
    public func dropped(_ count: Int) {}
    /// Does nothing.
    public func ranOutOfMemory(size: Int) {}
    /// Does nothing.
    public func memoryAlarm(_ isAlarmed: Bool) {}
}

/// An observer for whom nothing is worth noting.
public struct NoBatchObserver: BatchObserver {
    /// Notes nothing.
    public init() {}
}
