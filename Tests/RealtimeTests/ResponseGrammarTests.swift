import Foundation
@testable import Realtime
import Responders
import TestSupport
import Testing

/// Whatever a client does, and whenever, the events of a response come in their order, and it ends once.
@Suite(.timeLimit(.minutes(10))) struct ResponseGrammarTests {
    /// What must be true of any conversation.
    private struct Grammar {
        private enum Stage { case open, closed }
        private var stages: [String: Stage] = [:]
        private var frames: [String: Int] = [:]
        private var samples: [String: Int] = [:]
        private var lastPTS: [String: Int] = [:]
        private(set) var statuses: [String] = []
        private var active: String?

        mutating func check(_ message: Received) {
            let event = message.event
            let id = event["response_id"].string ?? event["response"]["id"].string
            switch message.type {
            case "response.created":
                #expect(active == nil, "two responses at once")
                active = id
                if let id {
                    #expect(stages[id] == nil)
                    stages[id] = .open
                }
            case "response.done":
                guard let id else { return }
                #expect(stages[id] == .open && active == id, "done twice, or never begun")
                stages[id] = .closed
                active = nil
                let status = event["response"]["status"].string ?? "?"
                statuses.append(status)
                if status == "completed" {
                    #expect(frames[id, default: 0] == (samples[id, default: 0] + 959) / 960)
                }
            case let type where type.hasPrefix("response."):
                guard let id else {
                    Issue.record("\(type) without a response")
                    return
                }
                #expect(stages[id] == .open, "\(type) outside its response")
                checkDelta(message, of: id)
            default: break
            }
        }

        private mutating func checkDelta(_ message: Received, of id: String) {
            switch message.type {
            case "response.output_audio.delta": samples[id, default: 0] += message.samples.count
            case "response.output_video.delta":
                #expect(message.event["frame"].int == frames[id, default: 0])
                let pts = message.event["pts_ms"].int ?? -1
                #expect(pts > lastPTS[id, default: -1])
                lastPTS[id] = pts
                frames[id, default: 0] += 1
                #expect(samples[id, default: 0] >= 1, "a frame before its sound")
            case "response.output_video.done": #expect(message.event["frames"].int == frames[id, default: 0])
            default: break
            }
        }

        func checkEnd() {
            #expect(active == nil && stages.values.allSatisfy { $0 == .closed }, "a response never ended")
        }
    }

    private func check(_ outbox: RecordingOutbox) -> [String] {
        var grammar = Grammar()
        for message in outbox.messages { grammar.check(message) }
        grammar.checkEnd()
        return grammar.statuses
    }

    /// A response of 0.6 s takes less than 50 messages; each of them is once the last before a cancellation.
    @Test func cancellationAtEveryPoint() async {
        var counts: [String: Int] = [:]
        for point in 0..<50 {
            let sent = AsyncStream.makeStream(of: Void.self)
            let test = SessionUnderTest(
                pieces: ScriptedResponder.speech(seconds: 0.6, pieceLength: 1700),
                onSend: { number in if number == point { sent.continuation.finish() } })
            let canceller = Task {
                for await _ in sent.stream {}
                await test.receive(#"{"type":"response.cancel"}"#)
            }
            await test.ask()
            await test.outbox.wait(for: "response.done")
            sent.continuation.finish()
            await canceller.value
            await test.session.drain()
            for status in check(test.outbox) { counts[status, default: 0] += 1 }
        }
        // Both outcomes were seen.
        #expect(counts["cancelled", default: 0] > 5 && counts["completed", default: 0] > 5, "\(counts)")
    }

    @Test(arguments: 0..<20)
    func anyOrderOfEvents(seed: Int) async {
        var random = SeededGenerator(seed: UInt64(seed))
        let test = SessionUnderTest(
            leaps: seed.isMultiple(of: 2),
            pieces: ScriptedResponder.speech(
                seconds: Double.random(in: 0.01...1.5, using: &random),
                pieceLength: Int.random(in: 100...9000, using: &random)),
            failure: seed % 5 == 4 ? .noText(responder: "script") : nil)
        let bystander = SessionUnderTest(leaps: false)
        await bystander.session.start()
        await test.session.start()
        var lastItem = "none"
        let loud = (0..<4800).map { Int16(truncatingIfNeeded: $0 * 997) }.withUnsafeBytes { Data($0) }
        let quiet = Data(count: 30_000)
        for _ in 0..<60 {
            let event =
                switch Int.random(in: 0..<12, using: &random) {
                case 0: #"{"type":"response.cancel"}"#
                case 1...3: #"{"type":"response.create"}"#
                case 4: #"{"type":"input_audio_buffer.append","audio":"\#(loud.base64EncodedString())"}"#
                case 5: #"{"type":"input_audio_buffer.append","audio":"\#(quiet.base64EncodedString())"}"#
                case 6: #"{"type":"input_audio_buffer.commit"}"#
                case 7:
                    #"{"type":"conversation.item.truncate","item_id":"\#(lastItem)","content_index":0,"audio_end_ms":3}"#
                case 8: #"{"type":"conversation.item.delete","item_id":"\#(lastItem)"}"#
                case 9: #"{"type":"session.update","session":{"video":{"transport":"base64"}}}"#
                case 10: ClientEventTests.bad.randomElement(using: &random)?.json ?? ""
                default:
                    #"{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"x"}]}}"#
                }
            await test.receive(event)
            for _ in 0..<Int.random(in: 0...30, using: &random) {
                test.clock.advance(by: .milliseconds(Int.random(in: 0...20, using: &random)))
                await Task.yield()
            }
            lastItem =
                test.outbox.messages.last { $0.type == "response.output_item.added" }?.event["item"]["id"].string
                ?? lastItem
        }
        await test.session.close()
        await test.session.drain()
        _ = check(test.outbox)
        // Nobody else noticed.
        #expect(bystander.outbox.types == ["session.created"])
    }
}
