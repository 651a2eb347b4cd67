import TestSupport
import Testing

@testable import Batching

/// Thousands of schedules that chance made.
@Suite struct RandomScheduleTests {
    private static let seeds = UInt64(0)..<2_000

    /// Times in milliseconds by batch size: more for a larger batch, less for each of its frames.
    private static func times(_ random: inout SeededGenerator) -> [Int: Int] {
        let fixed = Int.random(in: 0...40, using: &random)
        let perFrame = Int.random(in: 1...12, using: &random)
        return [1: 0, 2: 0, 4: 0, 8: 0, 16: 0].reduce(into: [:]) { $0[$1.key] = fixed + perFrame * $1.key }
    }

    private static func policy(_ random: inout SeededGenerator) -> BatchSizePolicy {
        [.adaptive, .memory(.standard), .fixed(Int.random(in: 1...16, using: &random))]
            .randomElement(using: &random) ?? .adaptive
    }

    private static func urgency(at now: Duration, _ random: inout SeededGenerator) -> FrameJob.Urgency {
        let deadline = now + .milliseconds(Int.random(in: 1...1_500, using: &random))
        return [.bulk, .first(deadline: deadline), .live(deadline: deadline), .live(deadline: deadline)]
            .randomElement(using: &random) ?? .bulk
    }

    // MARK: Nothing is lost

    /// Jobs come, utterances end, memory runs out, batches fail, and everything takes another time than expected.
    @Test(arguments: [BatchScheduler.Lanes.pipelined, .parallel(1), .parallel(3)])
    func everyJobComesToOneEnd(lanes: BatchScheduler.Lanes) {
        for seed in Self.seeds {
            var random = SeededGenerator(seed: seed)
            var run = EventfulRun(
                Self.times(&random), policy: Self.policy(&random), lanes: lanes, random: random)
            for utterance in 0..<4 { run.begin(utterance, isFilm: utterance == 3) }
            for _ in 0..<Int.random(in: 1...60, using: &run.random) {
                let urgency = Self.urgency(at: run.now, &run.random)
                run.submit(to: Int.random(in: 0..<4, using: &run.random), urgency)
                if Int.random(in: 0..<3, using: &run.random) == 0 { run.goOn() }
                if Int.random(in: 0..<40, using: &run.random) == 0 {
                    run.end(Int.random(in: 0..<4, using: &run.random))
                }
            }
            run.finish()
            #expect(run.ends.count == run.submitted, "seed \(seed)")
            #expect(run.ends.values.allSatisfy { $0 == 1 }, "seed \(seed)")
        }
    }

    // MARK: Deadlines

    @Test func adaptiveMissesNoneWhereSomeSizeWouldMissNone() {
        var feasible = 0
        for seed in Self.seeds {
            var random = SeededGenerator(seed: seed)
            let times = Self.times(&random)
            var deadlines = Self.deadlines(&random)
            let sizes = BatchSizes(upTo: 16)
            guard sizes.all.contains(where: { meetsAll(deadlines, inChunksOf: $0, sizes, times) }) else { continue }
            feasible += 1
            deadlines.shuffle(using: &random)
            var device = Device(times)
            for (id, deadline) in deadlines.enumerated() {
                device.scheduler.submit(
                    FrameJob(id: id, utterance: id % 5, urgency: .live(deadline: .milliseconds(deadline))), at: .zero)
            }
            device.finishAll()
            #expect(device.dropped.isEmpty, "seed \(seed)")
            #expect(device.made.allSatisfy { $0.at <= $0.job.urgency.deadline ?? .zero }, "seed \(seed)")
        }
        #expect(feasible > 300)
    }

    @Test(arguments: [1, 2, 4, 8, 16])
    func fixedMissesNoneWhereItsSizeWouldMissNone(size: Int) {
        for seed in Self.seeds {
            var random = SeededGenerator(seed: seed)
            let times = Self.times(&random)
            let deadlines = Self.deadlines(&random)
            // A part of a batch takes as long as is known of one of its size.
            var known = BatchTimes()
            for (size, time) in times { known.record(.milliseconds(time), forSize: size) }
            var end = Duration.zero
            let isFeasible = stride(from: 0, to: deadlines.count, by: size).allSatisfy { start in
                end += known.mean(ofSize: min(size, deadlines.count - start))
                return end <= .milliseconds(deadlines[start])
            }
            guard isFeasible else { continue }
            var device = Device(times, policy: .fixed(size))
            for (id, deadline) in deadlines.enumerated().shuffled(using: &random) {
                device.scheduler.submit(
                    FrameJob(id: id, utterance: id % 5, urgency: .live(deadline: .milliseconds(deadline))), at: .zero)
            }
            device.finishAll()
            #expect(device.dropped.isEmpty, "seed \(seed)")
            #expect(device.made.allSatisfy { $0.at <= $0.job.urgency.deadline ?? .zero }, "seed \(seed)")
        }
    }

    /// Increasing, about as far apart as frames take.
    private static func deadlines(_ random: inout SeededGenerator) -> [Int] {
        let pace = Int.random(in: 2...30, using: &random)
        let first = Int.random(in: 10...200, using: &random)
        let count = Int.random(in: 1...60, using: &random)
        return (0..<count).map { first + $0 * pace + Int.random(in: 0...40, using: &random) }.sorted()
    }

    private func meetsAll(_ deadlines: [Int], inChunksOf size: Int, _ sizes: BatchSizes, _ times: [Int: Int]) -> Bool {
        var (place, end) = (0, 0)
        while place < deadlines.count {
            let chunk = sizes.largest(upTo: min(size, deadlines.count - place))
            end += times[chunk] ?? 0
            if deadlines[place] < end { return false }
            place += chunk
        }
        return true
    }

    // MARK: Fairness

    @Test func equalNeedIsServedEqually() {
        for seed in UInt64(0)..<200 {
            var random = SeededGenerator(seed: seed)
            let times = Self.times(&random)
            let utterances = Int.random(in: 2...6, using: &random)
            var device = Device(times)
            for utterance in 0..<utterances { device.scheduler.begin(utterance, isFilm: true) }
            // Everything one of them wants comes before anything that the next wants.
            for id in 0..<(utterances * 50) {
                device.scheduler.submit(FrameJob(id: id, utterance: id / 50, urgency: .bulk), at: .zero)
            }
            device.finishAll()
            var served = [Int](repeating: 0, count: utterances)
            for made in device.made {
                served[made.job.utterance] += 1
                #expect((served.max() ?? 0) - (served.min() ?? 0) <= 1, "seed \(seed)")
            }
        }
    }

    @Test func filmsGoOnWhereSpeakersLeaveRoom() {
        var run = EventfulRun([1: 12, 2: 14, 4: 18, 8: 26, 16: 42], policy: .adaptive, lanes: .pipelined)
        run.trouble = 0
        for utterance in 0..<5 { run.begin(utterance, isFilm: utterance == 4) }
        for _ in 0..<200 { run.submit(to: 4, .bulk) }
        // Four speak, 100 frames a second, of which the device makes three times as many.
        for frame in 0..<100 {
            for utterance in 0..<4 { run.submit(to: utterance, .live(deadline: .milliseconds(500 + frame * 40))) }
            run.goOn(until: .milliseconds((frame + 1) * 40))
        }
        #expect(run.made.count { $0.utterance == 4 } == 200)
        #expect(run.dropped == 0)
    }

    // MARK: First frames

    @Test func firstFramesAreInTheNextBatch() {
        for seed in Self.seeds {
            var random = SeededGenerator(seed: seed)
            var device = Device(Self.times(&random), policy: Self.policy(&random))
            for utterance in 0..<9 { device.scheduler.begin(utterance) }
            for id in 0..<Int.random(in: 0...80, using: &random) {
                device.scheduler.submit(
                    FrameJob(id: id, utterance: id % 8, urgency: .live(deadline: .milliseconds(100 + id * 10))),
                    at: .zero)
            }
            device.scheduler.submit(
                FrameJob(id: 1_000, utterance: 8, urgency: .first(deadline: .seconds(2))), at: .zero)
            var found: BatchScheduler.Batch?
            while found == nil {
                guard case .run(let batch) = device.scheduler.next(at: .zero) else { continue }
                found = batch
            }
            #expect(found?.jobs.first?.id == 1_000, "seed \(seed)")
        }
    }
}
