import TestSupport
import Testing

@testable import Batching

/// Memory that gets short, and that runs out.
@Suite struct MemoryTests {
    @Test func alarmComesAtOnceAndGoesAfterAWhile() {
        var memory = MemoryGuard()
        memory.read(share: 0.89, at: .zero)
        #expect(memory.limit == nil)
        memory.read(share: 0.91, at: .seconds(1))
        #expect(memory.limit == 8)
        memory.read(share: 0.5, at: .seconds(2))
        memory.read(share: 0.5, at: .seconds(31))
        #expect(memory.isAlarmed)
        memory.read(share: 0.5, at: .seconds(32))
        #expect(!memory.isAlarmed)
    }

    @Test func aMomentOfPlentyIsNotEnough() {
        var memory = MemoryGuard()
        memory.read(share: 0.95, at: .zero)
        for second in 1...100 {
            memory.read(share: second % 20 == 0 ? 0.85 : 0.5, at: .seconds(second))
            #expect(memory.isAlarmed)
        }
    }

    @Test func readingsThatSwingDoNotMakeItSwing() {
        for seed in UInt64(0)..<500 {
            var random = SeededGenerator(seed: seed)
            var memory = MemoryGuard()
            var changes: [Int] = []
            for second in 0..<600 {
                let wasAlarmed = memory.isAlarmed
                memory.read(share: Double.random(in: 0.6...1, using: &random), at: .seconds(second))
                if memory.isAlarmed != wasAlarmed { changes.append(second) }
            }
            // An alarm lasts for the hold time at least.
            let alarms = zip(changes, changes.dropFirst()).enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
            #expect(alarms.allSatisfy { $1 - $0 >= 30 }, "seed \(seed)")
        }
    }

    @Test func alarmMakesBatchesSmallAtOnce() {
        var device = Device([1: 10, 2: 12, 4: 16, 8: 24, 16: 40])
        #expect(device.scheduler.largestBatch == 16)
        device.scheduler.read(memoryShare: 0.95, at: .zero)
        #expect(device.scheduler.largestBatch == 8)
    }

    @Test(arguments: [(0.0, 16), (0.69, 16), (0.7, 8), (0.89, 8), (0.9, 4), (1.0, 4)])
    func memoryPolicyFollowsTheShare(share: Double, size: Int) {
        #expect(MemorySteps.standard.size(atShare: share) == size)
        var device = Device([1: 10, 16: 40], policy: .memory(.standard))
        device.scheduler.read(memoryShare: share, at: .zero)
        #expect(device.scheduler.largestBatch == size)
    }

    @Test(arguments: [
        ([], [4, 2]), ([0.9, 0.7], [16, 8, 4]), ([0.7, 1.1], [16, 8, 4]), ([0, 0.5], [16, 8, 4]), ([0.7], [8, 8]),
        ([0.7], [8]), ([0.7], [8, 0]), ([0.7], [65, 4]), ([.nan], [8, 4]),
    ])
    func impossibleStepsAreRefused(thresholds: [Double], sizes: [Int]) {
        #expect(throws: BatchingError.self) { try MemorySteps(thresholds: thresholds, sizes: sizes) }
    }

    @Test func outOfMemoryHalvesAndIsRemembered() {
        var device = Device([1: 10, 2: 11, 4: 12, 8: 14, 16: 18])
        for id in 0..<32 {
            device.scheduler.submit(FrameJob(id: id, utterance: id, urgency: .bulk), at: .zero)
        }
        device.scheduler.begin(0, isFilm: true)
        guard case .run(let batch) = device.scheduler.next(at: .zero) else {
            Issue.record("There is something to do.")
            return
        }
        #expect(batch.jobs.count == 16)
        device.scheduler.ranOutOfMemory(batch, at: .milliseconds(1))
        #expect(device.scheduler.largestBatch == 8)
        device.finishAll()
        #expect(device.made.map(\.job.id) == Array(0..<32))
        #expect(device.scheduler.largestBatch == 8)
    }

    @Test func noMemoryForASingleFrameIsWaitedFor() {
        var scheduler = BatchScheduler(.init(sizes: BatchSizes(upTo: 1)))
        scheduler.submit(FrameJob(id: 0, utterance: 0, urgency: .bulk), at: .zero)
        var now = Duration.zero
        var waits: [Duration] = []
        for _ in 0..<8 {
            guard case .run(let batch) = scheduler.next(at: now) else {
                Issue.record("It tries again at \(now).")
                return
            }
            scheduler.ranOutOfMemory(batch, at: now)
            guard case .wait(let instant?) = scheduler.next(at: now) else {
                Issue.record("It rests at \(now).")
                return
            }
            waits.append(instant - now)
            now = instant
        }
        #expect(waits.first == .milliseconds(100))
        #expect(zip(waits, waits.dropFirst()).allSatisfy { $1 >= $0 })
        #expect(waits.last == .seconds(5))
        #expect(scheduler.waiting == 1)
    }
}
