import Synchronization
import Testing

@testable import Batching

@Suite struct FrameBatcherOutcomeTests {
    /// A device that keeps a list of its batches.
    private final class Runner: BatchRunner {
        struct NoMemory: Error {}
        struct Broken: Error {}

        /// The largest batch for which there is memory.
        let largest: Int
        let isBroken: Bool
        /// Batches wait until it is opened.
        let gate: Gate
        let batches = Mutex<[[Int]]>([])

        init(largest: Int = 64, isBroken: Bool = false, gate: Gate = Gate(isOpen: true)) {
            (self.largest, self.isBroken, self.gate) = (largest, isBroken, gate)
        }

        @concurrent
        func run(_ batch: [Int], inLane lane: Int) async throws -> Duration {
            await gate.pass()
            if isBroken { throw Broken() }
            if batch.count > largest { throw NoMemory() }
            batches.withLock { $0.append(batch) }
            return .milliseconds(1)
        }

        func isOutOfMemory(_ error: any Error) -> Bool { error is NoMemory }
    }

    private actor Gate {
        private var isOpen: Bool
        private var waiting: [CheckedContinuation<Void, Never>] = []

        init(isOpen: Bool) { self.isOpen = isOpen }

        /// Who waits.
        var count: Int { waiting.count }

        func pass() async {
            if isOpen { return }
            await withCheckedContinuation { waiting.append($0) }
        }

        func open() {
            isOpen = true
            for continuation in waiting { continuation.resume() }
            waiting = []
        }
    }

    private final class Counts: BatchObserver {
        let outOfMemory = Mutex<[Int]>([])
        let dropped = Mutex(0)

        func ranOutOfMemory(size: Int) { outOfMemory.withLock { $0.append(size) } }
        func dropped(_ count: Int) { dropped.withLock { $0 += count } }
    }

    private func batcher(
        _ runner: Runner, policy: BatchSizePolicy = .adaptive, observer: any BatchObserver = NoBatchObserver()
    ) -> FrameBatcher<Runner> {
        FrameBatcher(runner, configuration: .init(sizes: BatchSizes(upTo: 8), policy: policy), observer: observer)
    }

    @Test func everyFrameIsMadeOnce() async throws {
        let runner = Runner()
        let batcher = batcher(runner)
        try await withThrowingTaskGroup { group in
            for speaker in 0..<8 {
                group.addTask {
                    let utterance = await batcher.begin()
                    for frame in 0..<50 {
                        let outcome = try await batcher.make(
                            speaker * 50 + frame, in: utterance, isFirst: frame == 0, within: .seconds(60))
                        #expect(outcome == .made)
                    }
                    await batcher.end(utterance)
                }
            }
            try await group.waitForAll()
        }
        #expect(runner.batches.withLock { $0.flatMap { $0 }.sorted() } == Array(0..<400))
        #expect(await batcher.speaking == 0)
    }

    @Test func whatIsTooLateIsDropped() async throws {
        let (runner, counts) = (Runner(), Counts())
        let batcher = batcher(runner, observer: counts)
        await batcher.record(.seconds(1), forSize: 1)
        let utterance = await batcher.begin()
        let outcome = try await batcher.make(0, in: utterance, isFirst: true, within: .milliseconds(500))
        #expect(outcome == .dropped)
        #expect(counts.dropped.withLock { $0 } == 1)
        #expect(runner.batches.withLock { $0.isEmpty })
    }

    @Test func endCancelsWhatWaits() async throws {
        let gate = Gate(isOpen: false)
        let batcher = batcher(Runner(gate: gate))
        // The first is under way, and waits at the gate; its end is an hour off, so that no other is decided.
        await batcher.record(.seconds(3_600), forSize: 1)
        let busy = await batcher.begin(isFilm: true)
        let first = Task { try await batcher.make(0, in: busy, isFirst: false, within: nil) }
        while await gate.count < 1 { await Task.yield() }
        let utterance = await batcher.begin(isFilm: true)
        let waiting = Task { try await batcher.make(1, in: utterance, isFirst: false, within: nil) }
        // It may not have come yet when its utterance ends; once it has, it is cancelled.
        let ending = Task {
            while !Task.isCancelled {
                await batcher.end(utterance)
                await Task.yield()
            }
        }
        await #expect(throws: CancellationError.self) { try await waiting.value }
        ending.cancel()
        await gate.open()
        #expect(try await first.value == .made)
    }

    @Test func failureIsToldToThoseInTheBatch() async {
        let batcher = batcher(Runner(isBroken: true))
        let utterance = await batcher.begin()
        await #expect(throws: Runner.Broken.self) {
            try await batcher.make(0, in: utterance, isFirst: true, within: .seconds(60))
        }
    }

    @Test func withoutMemoryBatchesGetSmallerAndNothingIsLost() async throws {
        let (runner, counts) = (Runner(largest: 2), Counts())
        let batcher = batcher(runner, policy: .fixed(8), observer: counts)
        try await withThrowingTaskGroup { group in
            for job in 0..<64 {
                group.addTask {
                    let utterance = await batcher.begin(isFilm: true)
                    let outcome = try await batcher.make(job, in: utterance, isFirst: false, within: nil)
                    #expect(outcome == .made)
                    await batcher.end(utterance)
                }
            }
            try await group.waitForAll()
        }
        #expect(runner.batches.withLock { $0.flatMap { $0 }.sorted() } == Array(0..<64))
        #expect(counts.outOfMemory.withLock { $0.allSatisfy { $0 > 2 } })
    }
}
