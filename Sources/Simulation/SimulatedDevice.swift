import Batching

/// A device: the scheduler that the server runs, and what it does when a batch really ends.
struct SimulatedDevice {
    var scheduler: BatchScheduler
    /// What it is busy with, by lane.
    private(set) var running: [(batch: BatchScheduler.Batch, took: Duration)?]
    /// When each lane is free; lanes of a pipeline share the device.
    private var free: [Duration]
    private let isPipelined: Bool
    /// How long it was busy, all lanes together.
    private(set) var busy = Duration.zero
    /// The largest batch since its memory was read.
    private(set) var largestRecentBatch = 0
    /// When the scheduler asked to be asked again.
    var alarm: Duration?

    /// A device that has been measured.
    init(_ plan: SimulationPlan) {
        let configuration = plan.configuration
        scheduler = BatchScheduler(configuration)
        for size in configuration.sizes.all where plan.curve.hasMemory(forSize: size) {
            scheduler.record(plan.curve.time(ofSize: size), forSize: size)
        }
        running = Array(repeating: nil, count: configuration.lanes.count)
        isPipelined = configuration.lanes == .pipelined
        free = Array(repeating: .zero, count: isPipelined ? 1 : configuration.lanes.count)
    }

    /// Begins with a batch when the one before is done.
    /// - Returns: when it begins, and when it will be done.
    mutating func run(_ batch: BatchScheduler.Batch, taking time: Duration, at now: Duration) -> Range<Duration> {
        let lane = isPipelined ? 0 : batch.lane
        let start = max(now, free[lane])
        free[lane] = start + time
        busy += time
        largestRecentBatch = max(largestRecentBatch, batch.jobs.count)
        running[batch.lane] = (batch, time)
        return start..<(start + time)
    }

    /// The batch in a lane is done.
    mutating func takeResult(ofLane lane: Int) -> (batch: BatchScheduler.Batch, took: Duration)? {
        defer { running[lane] = nil }
        return running[lane]
    }

    /// Its memory was read.
    mutating func forgetRecentBatches() { largestRecentBatch = 0 }
}
