import Testing

@testable import Batching

/// More is wanted than the device can make.
@Suite struct OverloadTests {
    /// 20 ms for a batch, and 10 ms for each frame in it: 33 frames a second one by one, 89 in batches of 16.
    private static let times = [1: 30, 2: 40, 4: 60, 8: 100, 16: 180]

    @Test func givesUpFewToMakeMany() {
        var device = Device(Self.times)
        // 80 frames a second of which the first is due at once: one by one, or in pairs, nearly all would be late.
        for id in 0..<80 {
            device.scheduler.submit(
                FrameJob(id: id, utterance: id % 4, urgency: .live(deadline: .milliseconds(50 + 12.5 * Double(id)))),
                at: .zero)
        }
        device.finishAll()
        #expect(device.made.count > 60)
        #expect(device.made.allSatisfy { $0.at <= $0.job.urgency.deadline ?? .zero })
        #expect(device.made.count + device.dropped.count == 80)
    }

    @Test func dropsWhatIsLateBehindFirstFrames() {
        var device = Device(Self.times)
        device.scheduler.submit(FrameJob(id: 0, utterance: 0, urgency: .live(deadline: .milliseconds(20))), at: .zero)
        device.scheduler.submit(FrameJob(id: 1, utterance: 1, urgency: .first(deadline: .seconds(1))), at: .zero)
        device.finishAll()
        #expect(device.dropped.map(\.id) == [0])
        #expect(device.made.map(\.job.id) == [1])
    }

    @Test func errorsOfExpectedEndsDoNotAddUp() {
        var scheduler = BatchScheduler(.init(sizes: BatchSizes(upTo: 1)))
        scheduler.record(.milliseconds(100), forSize: 1)
        for id in 0..<3 { scheduler.submit(FrameJob(id: id, utterance: id, urgency: .bulk), at: .zero) }
        guard case .run(let first) = scheduler.next(at: .zero),
            case .run = scheduler.next(at: .milliseconds(98)),
            case .wait = scheduler.next(at: .milliseconds(98))
        else {
            Issue.record("Two batches are under way.")
            return
        }
        // The first is 40 ms late, and so the second will be.
        scheduler.finished(first, took: .milliseconds(140), at: .milliseconds(140))
        let second = Duration.milliseconds(140) + scheduler.times.mean(ofSize: 1)
        guard case .wait(let instant?) = scheduler.next(at: .milliseconds(150)) else {
            Issue.record("It is too early for the third.")
            return
        }
        #expect(instant == second - .milliseconds(3))
    }
}
