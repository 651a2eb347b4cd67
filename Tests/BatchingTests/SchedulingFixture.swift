@testable import Batching

/// A device that takes as long for a batch as its scheduler was told, and what it does with jobs.
struct Device {
    var scheduler: BatchScheduler
    private(set) var now = Duration.zero
    private(set) var made: [(job: FrameJob, at: Duration, batch: Int)] = []
    private(set) var dropped: [FrameJob] = []

    /// - Parameter times: in milliseconds, by batch size.
    init(
        _ times: [Int: Int], policy: BatchSizePolicy = .adaptive, lanes: BatchScheduler.Lanes = .parallel(1)
    ) {
        let sizes = BatchSizes(upTo: times.keys.max() ?? 1)
        scheduler = BatchScheduler(.init(sizes: sizes, policy: policy, lanes: lanes))
        for (size, time) in times { scheduler.record(.milliseconds(time), forSize: size) }
    }

    /// Runs one batch after the other until nobody waits.
    mutating func finishAll() {
        while scheduler.waiting > 0 {
            switch scheduler.next(at: now) {
            case .run(let batch):
                let time = scheduler.times.mean(ofSize: batch.jobs.count)
                now += time
                scheduler.finished(batch, took: time, at: now)
                made += batch.jobs.map { ($0, now, batch.id) }
            case .drop(let jobs):
                dropped += jobs
            case .wait(let instant):
                guard let instant else { return }
                now = instant
            }
        }
    }
}
