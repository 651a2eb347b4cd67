import TestSupport

@testable import Batching

/// A device on which little goes as expected: batches take any time, memory runs out, and some batches fail.
struct EventfulRun {
    private(set) var scheduler: BatchScheduler
    private(set) var now = Duration.zero
    /// How many jobs were submitted.
    private(set) var submitted = 0
    /// How often each job was made, dropped, given back, or lost with a failed batch.
    private(set) var ends: [FrameJob.ID: Int] = [:]
    private(set) var made: [FrameJob] = []
    private(set) var dropped = 0
    var random: SeededGenerator
    /// Of a hundred batches so many have trouble.
    var trouble = 15

    private let isPipelined: Bool
    private var running: [(batch: BatchScheduler.Batch, start: Duration, end: Duration)] = []

    /// - Parameter times: in milliseconds, by batch size.
    init(
        _ times: [Int: Int], policy: BatchSizePolicy, lanes: BatchScheduler.Lanes,
        random: SeededGenerator = SeededGenerator(seed: 1)
    ) {
        scheduler = BatchScheduler(
            .init(sizes: BatchSizes(upTo: times.keys.max() ?? 1), policy: policy, lanes: lanes))
        for (size, time) in times { scheduler.record(.milliseconds(time), forSize: size) }
        isPipelined = lanes == .pipelined
        self.random = random
    }

    mutating func begin(_ utterance: Int, isFilm: Bool) { scheduler.begin(utterance, isFilm: isFilm) }

    mutating func submit(to utterance: Int, _ urgency: FrameJob.Urgency) {
        scheduler.submit(FrameJob(id: submitted, utterance: utterance, urgency: urgency), at: now)
        submitted += 1
    }

    mutating func end(_ utterance: Int) { settle(scheduler.end(utterance)) }

    /// Goes on to the next end of a batch, or to when the scheduler wants to be asked.
    mutating func goOn() { _ = step(until: nil) }

    /// Goes on to an instant.
    mutating func goOn(until instant: Duration) {
        while now < instant, step(until: instant) {}
        now = max(now, instant)
    }

    /// Goes on until nobody waits and nothing runs.
    mutating func finish() {
        while scheduler.waiting > 0 || !running.isEmpty { guard step(until: nil) else { return } }
    }

    /// - Returns: false if nothing will ever happen.
    private mutating func step(until limit: Duration?) -> Bool {
        while true {
            switch scheduler.next(at: now) {
            case .run(let batch): start(batch)
            case .drop(let jobs):
                dropped += jobs.count
                settle(jobs)
            case .wait(let instant):
                let next = [instant, running.map(\.end).min(), limit].compactMap { $0 }.min()
                guard let next else { return false }
                now = max(now, next)
                if let place = running.firstIndex(where: { $0.end <= now }) { finish(at: place) }
                return true
            }
        }
    }

    private mutating func start(_ batch: BatchScheduler.Batch) {
        let start = max(now, isPipelined ? running.map(\.end).max() ?? now : now)
        let share = trouble == 0 ? 1 : Double.random(in: 0.5...2, using: &random)
        let time = scheduler.times.mean(ofSize: batch.jobs.count) * share
        running.append((batch, start, start + time))
    }

    private mutating func finish(at place: Int) {
        let (batch, start, _) = running.remove(at: place)
        switch Int.random(in: 0..<100, using: &random) {
        case ..<(trouble / 3):
            scheduler.failed(batch, at: now)
            settle(batch.jobs)
        case ..<trouble:
            scheduler.ranOutOfMemory(batch, at: now)
        default:
            scheduler.finished(batch, took: now - start, at: now)
            made += batch.jobs
            settle(batch.jobs)
        }
    }

    private mutating func settle(_ jobs: [FrameJob]) {
        for job in jobs { ends[job.id, default: 0] += 1 }
    }
}
