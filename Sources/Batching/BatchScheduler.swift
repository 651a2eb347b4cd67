/// Decides what one device does next: which jobs go into a batch, how many, and which come too late for any.
///
/// A value without a clock: it is told the time, and what became of its batches. The deciding itself is in
/// `BatchScheduler+Deciding.swift`. Earliest deadline first is optimal for one machine (Jackson, 1955); batches with
/// deadlines for a neural network on a GPU, compare Clockwork (Gujarati et al., OSDI 2020).
public struct BatchScheduler: Sendable {
    /// What a device can do at the same time.
    public enum Lanes: Sendable, Equatable {
        /// One batch after the other: while one runs, the next is got ready.
        case pipelined
        /// So many batches at the same time, which hardly slow each other: cores.
        case parallel(Int)

        /// Batches that may be under way.
        public var count: Int {
            switch self {
            case .pipelined: 2
            case .parallel(let count): count
            }
        }
    }

    /// How a device is used.
    public struct Configuration: Sendable {
        /// The sizes it runs.
        public var sizes: BatchSizes
        /// Who decides between them.
        public var policy: BatchSizePolicy
        /// What it can do at the same time.
        public var lanes: Lanes
        /// When memory is short.
        public var memory: MemoryGuard.Thresholds
        /// Frames that an utterance needs in a second.
        public var fps: Int
        /// How long before a batch is over the next is decided, in a pipeline: early enough to be ready, late enough to
        /// take along whoever has just begun to speak.
        public var handover = Duration.milliseconds(3)
        /// The longest batch in which films may be made while somebody speaks, who may want a first frame at any time.
        public var patience = Duration.milliseconds(150)

        /// Puts the parts together.
        public init(
            sizes: BatchSizes, policy: BatchSizePolicy = .adaptive, lanes: Lanes = .pipelined,
            memory: MemoryGuard.Thresholds = .init(), fps: Int = 25
        ) {
            self.sizes = sizes
            self.policy = policy
            self.lanes = lanes
            self.memory = memory
            self.fps = fps
        }
    }

    /// Jobs that are made in one run.
    public struct Batch: Sendable, Identifiable {
        /// Its number.
        public let id: Int
        /// Its jobs.
        public var jobs: [FrameJob] { entries.map(\.job) }
        /// Which of the device's lanes it runs in, `0 ..< lanes.count`.
        public let lane: Int
        /// When the device begins with it, as far as is known.
        public internal(set) var start: Duration
        let entries: [FrameQueue.Entry]
        var expectedEnd: Duration
        /// Whether it is to show if the device is as slow as it seems.
        let isTrial: Bool
    }

    let configuration: Configuration
    var queue = FrameQueue()
    /// What is known of the device's speed.
    public internal(set) var times = BatchTimes()
    var underWay: [Batch] = []
    private var nextBatch = 0
    private var memory: MemoryGuard
    /// The largest batch for which there was memory.
    private var ceiling: Int
    /// After a batch of one for which there was none: when to try again, and how long to wait after the next time.
    var restingUntil: Duration?
    private var rest = Self.shortestRest
    /// When a frame that seems to come too late may be tried, and how long to wait after the next that does.
    private(set) var nextTrial = Self.shortestTrialPause
    private var trialPause = Self.shortestTrialPause
    /// Who speaks, or makes a film; true for a film.
    private var utterances: [FrameJob.Utterance: Bool] = [:]

    private static let shortestRest = Duration.milliseconds(100)
    private static let longestRest = Duration.seconds(5)
    private static let shortestTrialPause = Duration.milliseconds(500)
    private static let longestTrialPause = Duration.seconds(60)

    /// Nobody waits yet.
    public init(_ configuration: Configuration) {
        self.configuration = configuration
        memory = MemoryGuard(configuration.memory)
        ceiling = configuration.sizes.largest
    }

    // MARK: What comes in

    /// Somebody starts to speak, or to make a film, and will want frames.
    public mutating func begin(_ utterance: FrameJob.Utterance, isFilm: Bool = false) {
        utterances[utterance] = isFilm
    }

    /// An utterance wants no more frames.
    /// - Returns: its jobs that waited; those under way are finished.
    public mutating func end(_ utterance: FrameJob.Utterance) -> [FrameJob] {
        utterances[utterance] = nil
        return queue.remove(utterance)
    }

    /// A job is to be done.
    public mutating func submit(_ job: FrameJob, at now: Duration) {
        queue.insert(job, at: now)
    }

    /// The share of the device's memory that is in use, 0…1.
    public mutating func read(memoryShare: Double, at now: Duration) {
        memory.read(share: memoryShare, at: now)
    }

    /// The device was measured: a batch of a size takes so long.
    public mutating func record(_ time: Duration, forSize size: Int) {
        times.record(time, forSize: size)
    }

    // MARK: What became of a batch

    /// A batch is made.
    /// - Parameter took: from when the device began with it.
    public mutating func finished(_ batch: Batch, took: Duration, at now: Duration) {
        if batch.isTrial { times.forget(size: batch.entries.count) }
        times.record(took, forSize: batch.entries.count)
        let isLate = batch.entries.contains { entry in entry.job.urgency.deadline.map { $0 < now } ?? false }
        trialPause = batch.isTrial && isLate ? min(trialPause * 2, Self.longestTrialPause) : Self.shortestTrialPause
        nextTrial = now + trialPause
        leave(batch, at: now)
        rest = Self.shortestRest
        restingUntil = nil
    }

    /// There was no memory for a batch: its jobs wait again, and no batch of its size is tried any more. If it was a
    /// single frame, the device rests a little.
    public mutating func ranOutOfMemory(_ batch: Batch, at now: Duration) {
        leave(batch, at: now)
        queue.putBack(batch.entries)
        let size = batch.entries.count
        if size > 1 {
            ceiling = min(ceiling, configuration.sizes.largest(upTo: size / 2))
        } else {
            restingUntil = now + rest
            rest = min(rest * 2, Self.longestRest)
        }
    }

    /// A batch could not be made, and its jobs are somebody else's now.
    public mutating func failed(_ batch: Batch, at now: Duration) { leave(batch, at: now) }

    private mutating func leave(_ batch: Batch, at now: Duration) {
        underWay.removeAll { $0.id == batch.id }
        // The next in a pipeline begins now, and not when that was expected: errors would add up.
        guard configuration.lanes == .pipelined, !underWay.isEmpty else { return }
        underWay[0].start = now
        underWay[0].expectedEnd = now + times.mean(ofSize: underWay[0].entries.count)
    }

    // MARK: What is known

    /// Whether an utterance has begun and not ended.
    func knows(_ utterance: FrameJob.Utterance) -> Bool { utterances[utterance] != nil }
    /// Jobs that wait.
    public var waiting: Int { queue.count }
    /// Utterances that are live, films apart.
    public var speaking: Int { utterances.values.count { !$0 } }
    /// Whether films are being made.
    var hasFilms: Bool { utterances.values.contains(true) }
    /// Whether memory is short.
    public var isMemoryAlarmed: Bool { memory.isAlarmed }
    /// The most frames in a batch now.
    public var largestBatch: Int {
        let limits = [configuration.policy.limit(memoryShare: memory.share), memory.limit].compactMap { $0 }
        return configuration.sizes.largest(upTo: limits.reduce(ceiling, min))
    }
    /// Frames a second that the device can make now; infinite while it was never measured.
    public var capacity: Double {
        let rate = configuration.sizes.all.filter { $0 <= largestBatch }.map(times.rate(ofSize:)).max() ?? 0
        return switch configuration.lanes {
        case .pipelined: rate
        case .parallel(let count): rate * Double(count)
        }
    }

    mutating func start(_ entries: [FrameQueue.Entry], at start: Duration, isTrial: Bool = false) -> Batch {
        let lane = (0..<configuration.lanes.count).first { lane in !underWay.contains { $0.lane == lane } } ?? 0
        let batch = Batch(
            id: nextBatch, lane: lane, start: start, entries: entries,
            expectedEnd: start + times.mean(ofSize: entries.count), isTrial: isTrial)
        nextBatch += 1
        underWay.append(batch)
        return batch
    }
}
