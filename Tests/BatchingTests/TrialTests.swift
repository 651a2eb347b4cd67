import Testing

@testable import Batching

/// A device that something else kept busy is found fast again.
@Suite struct TrialTests {
    /// A device of which a batch of one is known to take a second.
    private static func slowDevice() -> BatchScheduler {
        var scheduler = BatchScheduler(.init(sizes: BatchSizes(upTo: 1), lanes: .parallel(1)))
        scheduler.record(.seconds(1), forSize: 1)
        return scheduler
    }

    private static func submit(_ id: Int, to scheduler: inout BatchScheduler, at now: Duration) {
        let job = FrameJob(id: id, utterance: 0, urgency: .live(deadline: now + .milliseconds(200)))
        scheduler.submit(job, at: now)
    }

    @Test func aFrameThatSeemsTooLateIsTriedNowAndThen() {
        var scheduler = Self.slowDevice()
        Self.submit(0, to: &scheduler, at: .seconds(2))
        guard case .run(let batch) = scheduler.next(at: .seconds(2)) else {
            Issue.record("The first is tried.")
            return
        }
        scheduler.finished(batch, took: .milliseconds(10), at: .milliseconds(2_010))
        #expect(scheduler.times.mean(ofSize: 1) == .milliseconds(10))
        Self.submit(1, to: &scheduler, at: .milliseconds(2_020))
        guard case .run = scheduler.next(at: .milliseconds(2_020)) else {
            Issue.record("The device is known to be fast.")
            return
        }
    }

    @Test func whatIsReallySlowIsTriedMoreAndMoreSeldom() {
        var scheduler = Self.slowDevice()
        var now = Duration.zero
        var trials: [Duration] = []
        for id in 0..<7_500 {
            now += .milliseconds(40)
            Self.submit(id, to: &scheduler, at: now)
            guard case .run(let batch) = scheduler.next(at: now) else { continue }
            trials.append(now)
            now += .seconds(1)
            scheduler.finished(batch, took: .seconds(1), at: now)
        }
        let pauses = zip(trials.dropFirst(), trials).map { $0 - $1 }
        #expect(zip(pauses.dropFirst(), pauses).allSatisfy { $0 >= $1 })
        #expect(pauses.last.map { $0 > .seconds(60) && $0 < .seconds(63) } == true)
    }
}
