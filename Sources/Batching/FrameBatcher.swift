/// Makes the frames of all who speak on one device, in batches that a ``BatchScheduler`` decides.
///
/// Whoever wants a frame hands over what it takes and waits; the answer comes when the frame is made, or when it is
/// clear that it would come too late.
public actor FrameBatcher<Runner: BatchRunner> {
    /// What became of a job.
    public enum Outcome: Sendable, Equatable {
        /// The result is in the work.
        case made
        /// It would have come too late.
        case dropped
    }

    private struct Pending {
        let work: Runner.Work
        let submitted: Duration
        let answer: CheckedContinuation<Outcome, any Error>
    }

    private let runner: Runner
    private let observer: any BatchObserver
    private let origin = ContinuousClock.now
    private var scheduler: BatchScheduler
    private var pending: [FrameJob.ID: Pending] = [:]
    private var nextJob = 0
    private var nextUtterance = 0
    private var alarm: (instant: Duration, task: Task<Void, Never>)?

    /// Puts the parts together; the device should have been measured , with ``record(_:forSize:)``, before anybody speaks.
    public init(
        _ runner: Runner, configuration: BatchScheduler.Configuration, observer: any BatchObserver = NoBatchObserver()
    ) {
        self.runner = runner
        self.observer = observer
        scheduler = BatchScheduler(configuration)
    }

    // MARK: Utterances

    /// Somebody starts to speak, or to make a film.
    public func begin(isFilm: Bool = false) -> FrameJob.Utterance {
        nextUtterance += 1
        scheduler.begin(nextUtterance, isFilm: isFilm)
        return nextUtterance
    }

    /// An utterance wants no more frames; whoever waits for one of its jobs is told `CancellationError`.
    public func end(_ utterance: FrameJob.Utterance) {
        for job in scheduler.end(utterance) {
            pending.removeValue(forKey: job.id)?.answer.resume(throwing: CancellationError())
        }
        goOn()
    }

    /// Makes a frame.
    /// - Parameters:
    ///   - work: what it takes.
    ///   - utterance: from ``begin(isFilm:)``.
    ///   - isFirst: of its utterance.
    ///   - slack: how long from now it is wanted; nil for a film's, which is never too late.
    /// - Throws: `CancellationError` if the utterance ends first, or has ended; otherwise what the runner throws. Running out of
    ///   memory is no error: the batch is made in parts.
    public func make(
        _ work: Runner.Work, in utterance: FrameJob.Utterance, isFirst: Bool, within slack: Duration?
    ) async throws -> Outcome {
        guard scheduler.knows(utterance) else { throw CancellationError() }
        return try await withCheckedThrowingContinuation { answer in
            let now = self.now
            let urgency: FrameJob.Urgency =
                switch slack {
                case let slack? where isFirst: .first(deadline: now + slack)
                case let slack?: .live(deadline: now + slack)
                case nil: .bulk
                }
            nextJob += 1
            pending[nextJob] = Pending(work: work, submitted: now, answer: answer)
            scheduler.submit(FrameJob(id: nextJob, utterance: utterance, urgency: urgency), at: now)
            goOn()
        }
    }

    // MARK: The device

    /// Takes note of the share of the device's memory that is in use, 0…1.
    public func read(memoryShare: Double) {
        let wasAlarmed = scheduler.isMemoryAlarmed
        scheduler.read(memoryShare: memoryShare, at: now)
        if scheduler.isMemoryAlarmed != wasAlarmed { observer.memoryAlarm(!wasAlarmed) }
        goOn()
    }

    /// Takes note of how long the device took for a batch of a size.
    public func record(_ time: Duration, forSize size: Int) { scheduler.record(time, forSize: size) }

    /// What is known of the device's speed.
    public var times: BatchTimes { scheduler.times }
    /// Frames a second that it can make.
    public var capacity: Double { scheduler.capacity }
    /// Jobs that wait.
    public var waiting: Int { scheduler.waiting }
    /// Utterances that are live.
    public var speaking: Int { scheduler.speaking }
    /// The most frames in a batch now.
    public var largestBatch: Int { scheduler.largestBatch }

    // MARK: The loop

    private var now: Duration { ContinuousClock.now - origin }

    private func goOn() {
        while true {
            switch scheduler.next(at: now) {
            case .run(let batch):
                run(batch)
            case .drop(let jobs):
                observer.dropped(jobs.count)
                for job in jobs { pending.removeValue(forKey: job.id)?.answer.resume(returning: .dropped) }
            case .wait(let instant):
                wakeUp(at: instant)
                return
            }
        }
    }

    private func run(_ batch: BatchScheduler.Batch) {
        let jobs = batch.jobs
        var work: [Runner.Work] = []
        work.reserveCapacity(jobs.count)
        for job in jobs {
            guard let pending = pending[job.id] else { preconditionFailure("job \(job.id) was answered and runs") }
            work.append(pending.work)
            observer.waited(max(batch.start, now) - pending.submitted)
        }
        // Straight to where the runner works: each change of threads costs as much as deciding.
        Task { @concurrent [runner] in
            do {
                let took = try await runner.run(work, inLane: batch.lane)
                await made(batch, took: took)
            } catch {
                await failed(batch, because: error)
            }
        }
    }

    private func made(_ batch: BatchScheduler.Batch, took: Duration) {
        scheduler.finished(batch, took: took, at: now)
        let size = batch.jobs.count
        observer.finished(size: size, took: took, limit: scheduler.largestBatch, capacity: scheduler.capacity)
        for job in batch.jobs { pending.removeValue(forKey: job.id)?.answer.resume(returning: .made) }
        goOn()
    }

    private func failed(_ batch: BatchScheduler.Batch, because error: any Error) {
        if runner.isOutOfMemory(error) {
            scheduler.ranOutOfMemory(batch, at: now)
            observer.ranOutOfMemory(size: batch.jobs.count)
        } else {
            scheduler.failed(batch, at: now)
            for job in batch.jobs { pending.removeValue(forKey: job.id)?.answer.resume(throwing: error) }
        }
        goOn()
    }

    /// Has ``goOn()`` called at an instant, and at none that was asked for before.
    private func wakeUp(at instant: Duration?) {
        if alarm?.instant == instant { return }
        alarm?.task.cancel()
        alarm = instant.map { instant in
            let task = Task { [origin] in
                guard (try? await Task.sleep(until: origin + instant, tolerance: .zero, clock: .continuous)) != nil
                else {
                    return
                }
                alarm = nil
                goOn()
            }
            return (instant, task)
        }
    }
}
