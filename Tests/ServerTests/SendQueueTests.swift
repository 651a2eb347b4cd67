import Realtime
import TestSupport
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(10))) struct SendQueueTests {
    private let start = ContinuousClock.now
    private let limits = SendQueue.Limits(videoBytes: 1_000, totalBytes: 10_000, patience: .seconds(10))

    private func video(_ count: Int, keyframe: Bool = false) -> OutboundMessage {
        OutboundMessage(
            kind: .video(isKeyframe: keyframe), isBinary: true, bytes: [UInt8](repeating: 0, count: count))
    }

    private func audio(_ count: Int) -> OutboundMessage {
        OutboundMessage(kind: .audio, isBinary: true, bytes: [UInt8](repeating: 0, count: count))
    }

    @Test func messagesLeaveInTheirOrder() {
        var queue = SendQueue(limits: limits, now: start)
        let messages = (0..<20).map { OutboundMessage(kind: .event, isBinary: false, bytes: [UInt8($0)]) }
        for message in messages { #expect(queue.enqueue(message, now: start) == .queued) }
        var out: [OutboundMessage] = []
        while let message = queue.next(now: start) { out.append(message) }
        #expect(out == messages)
        #expect(queue.isEmpty && queue.totalBytes == 0)
    }

    @Test func videoIsDroppedUpToAKeyframeOnceHalfTheBacklogIsOut() {
        var queue = SendQueue(limits: limits, now: start)
        #expect(queue.enqueue(video(600, keyframe: true), now: start) == .queued)
        #expect(queue.enqueue(video(600), now: start) == .queued)
        #expect(queue.enqueue(video(10), now: start) == .droppedUntilKeyframe)
        #expect(queue.enqueue(video(10, keyframe: true), now: start) == .droppedUntilKeyframe)
        _ = queue.next(now: start)
        #expect(queue.enqueue(video(10, keyframe: true), now: start) == .droppedUntilKeyframe, "600 > 1000 / 2")
        _ = queue.next(now: start)
        #expect(queue.enqueue(video(10), now: start) == .droppedUntilKeyframe, "a keyframe is owed")
        #expect(queue.enqueue(video(10, keyframe: true), now: start) == .queued)
        #expect(queue.enqueue(video(10), now: start) == .queued)
    }

    @Test func aLongAnswersSoundDoesNotDropItsPicture() {
        var queue = SendQueue(limits: limits, now: start)
        #expect(queue.enqueue(audio(9_000), now: start) == .queued)
        #expect(queue.enqueue(video(500, keyframe: true), now: start) == .queued)
    }

    @Test func aClientOverTheHardLimitIsGivenUp() {
        var queue = SendQueue(limits: limits, now: start)
        #expect(queue.enqueue(audio(10_000), now: start) == .queued)
        guard case .overrun(let reason) = queue.enqueue(audio(1), now: start) else {
            Issue.record("the hard limit did not hold")
            return
        }
        #expect(reason.code == 1013)
        #expect(queue.isEmpty && queue.totalBytes == 0, "what waited is released")
    }

    @Test func aMessageLargerThanTheHardLimitReachesAClientThatReads() {
        var queue = SendQueue(limits: limits, now: start)
        let message = audio(50_000)
        #expect(queue.enqueue(message, now: start) == .queued)
        #expect(queue.next(now: start) == message)
        #expect(queue.enqueue(audio(1), now: start) == .queued)
    }

    @Test func aClientThatTakesNothingIsGivenUp() {
        var queue = SendQueue(limits: limits, now: start)
        #expect(queue.enqueue(audio(1), now: start) == .queued)
        #expect(queue.stall(now: start + .seconds(10)) == nil)
        #expect(queue.stall(now: start + .seconds(11))?.code == 1013)
        guard case .overrun = queue.enqueue(audio(1), now: start + .seconds(11)) else {
            Issue.record("a stalled client was sent more")
            return
        }
    }

    @Test func silenceIsNotAStall() {
        var queue = SendQueue(limits: limits, now: start)
        #expect(queue.enqueue(audio(1), now: start) == .queued)
        _ = queue.next(now: start)
        let later = start + .seconds(3_600)
        #expect(queue.stall(now: later) == nil)
        #expect(queue.enqueue(audio(1), now: later) == .queued)
        #expect(queue.stall(now: later + .seconds(5)) == nil)
    }

    /// Whatever is sent and however it is read: nothing but video is lost, memory is bounded, and every video frame
    /// that comes out can be decoded because it, or one since the last gap, is a keyframe.
    @Test(arguments: 0..<200)
    func invariantsHold(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var queue = SendQueue(limits: limits, now: start)
        var now = start
        var sent: [[UInt8]] = []
        var received: [[UInt8]] = []
        var frame: UInt8 = 0
        var lastFrame: UInt8?
        var isOver = false
        for step in 0..<2_000 where !isOver {
            now += .milliseconds(Int.random(in: 0...40, using: &random))
            let size = Int.random(in: 2...300, using: &random)
            let kind: OutboundMessage.Kind
            var bytes = [UInt8](repeating: UInt8(step & 0xFF), count: size)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: kind = .event
            case 1: kind = .audio
            default:
                kind = .video(isKeyframe: Int.random(in: 0..<5, using: &random) == 0)
                frame &+= 1
                bytes[0] = frame
            }
            switch queue.enqueue(OutboundMessage(kind: kind, isBinary: true, bytes: bytes), now: now) {
            case .queued:
                if kind == .event || kind == .audio { sent.append(bytes) }
            case .droppedUntilKeyframe:
                guard case .video = kind else {
                    Issue.record("an event or sound was dropped")
                    return
                }
            case .overrun: isOver = true
            }
            #expect(queue.totalBytes < limits.totalBytes + 300, "the limit and one message")
            #expect(queue.videoBytes <= limits.videoBytes + 300)
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                guard let message = queue.next(now: now) else { break }
                switch message.kind {
                case .event, .audio: received.append(message.bytes)
                case .video(let isKeyframe):
                    if !isKeyframe, let lastFrame {
                        #expect(message.bytes[0] == lastFrame &+ 1, "a gap without a keyframe")
                    }
                    lastFrame = message.bytes[0]
                }
            }
        }
        if !isOver {
            while let message = queue.next(now: now) {
                if message.kind == .event || message.kind == .audio { received.append(message.bytes) }
            }
            #expect(received == sent)
            #expect(queue.totalBytes == 0 && queue.videoBytes == 0)
        }
    }
}
