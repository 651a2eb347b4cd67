import Audio
import Responders
import Testing

@testable import RealtimeUpstream

/// What a conversation with an upstream decides, told step by step.
struct UpstreamConversationTests {
    typealias Action = UpstreamConversation.Action

    private var conversation = UpstreamConversation(UpstreamSettings(), host: "up.example", at: .zero) { 1 }
    private let turn = ConversationEntry.turn(Turn(id: "item_1", speaker: .user, text: "Hello."))

    private func request(_ entries: [ConversationEntry], id: String = "resp_1") -> ResponseRequest {
        ResponseRequest(
            responseID: id, itemID: "answer_to_\(id)", conversation: Conversation(entries: entries, voice: ""))
    }

    private func notices(_ actions: [Action]) -> [ResponderNotice] {
        actions.compactMap { if case .notify(let notice) = $0 { notice } else { nil } }
    }

    private func commands(_ actions: [Action]) -> [UpstreamCommand] {
        actions.compactMap { if case .send(let command) = $0 { command } else { nil } }
    }

    @Test mutating func `a turn goes up while it is spoken, and is committed when it ends`() {
        _ = conversation.take(.received(.sessionCreated), at: .zero)
        let sound = [Int16](repeating: 7, count: 2400)
        #expect(conversation.take(.changed(.turnStarted(id: "t")), at: .zero).isEmpty)
        let first = conversation.take(.changed(.turnHeard(id: "t", sound)), at: .zero)
        #expect(first == [.send(.appendAudio(sound))])
        let spoken = ConversationEntry.turn(Turn(id: "t", speaker: .user, speech: sound))
        let end = conversation.take(.changed(.inserted(spoken, after: nil)), at: .zero)
        #expect(end == [.send(.commitAudio(eventID: "visavis_event_1"))])
        _ = conversation.take(.received(.committed(itemID: "up_1")), at: .zero)
        let words = conversation.take(.received(.transcribed(itemID: "up_1", text: "Hi.")), at: .zero)
        #expect(words == [.notify(.transcribed(itemID: "t", text: "Hi."))])
    }

    @Test mutating func `a turn that is spoken while the upstream is away is sent whole when it is back`() throws {
        _ = conversation.take(.received(.sessionCreated), at: .zero)
        _ = conversation.take(.changed(.turnStarted(id: "t")), at: .zero)
        let sound = [Int16](repeating: 7, count: 30_000)
        _ = conversation.take(.changed(.turnHeard(id: "t", Array(sound[..<9000]))), at: .zero)
        let lost = conversation.take(.failed(.lost), at: .seconds(1))
        #expect(
            notices(lost) == [
                .unreachable(
                    reason: "The upstream up.example is gone: the connection broke.", retry: .milliseconds(500))
            ])
        #expect(conversation.take(.changed(.turnHeard(id: "t", Array(sound[9000...]))), at: .seconds(1)).isEmpty)
        let spoken = ConversationEntry.turn(Turn(id: "t", speaker: .user, speech: sound))
        #expect(conversation.take(.changed(.inserted(spoken, after: nil)), at: .seconds(1)).isEmpty)
        #expect(conversation.take(.asked(request([spoken])), at: .seconds(1)).isEmpty)
        #expect(conversation.take(.deadlinePassed, at: .milliseconds(1500)) == [.connect])

        let back = conversation.take(.received(.sessionCreated), at: .seconds(2))
        #expect(notices(back) == [.reachable])
        let sent = commands(back)
        guard case .configure = sent.first, case .createResponse = sent.last else {
            Issue.record("\(sent.count) commands")
            return
        }
        let samples = sent.compactMap { if case .appendAudio(let samples) = $0 { samples } else { nil } }
        #expect(Array(samples.joined()) == sound)
    }

    @Test mutating func `the upstream may speak first`() {
        _ = conversation.take(.received(.sessionCreated), at: .zero)
        let sent = commands(conversation.take(.asked(request([])), at: .zero))
        guard case .createResponse(let order)? = sent.first else {
            Issue.record("no response")
            return
        }
        #expect(order.input == nil && !order.isOutOfBand)
    }

    @Test mutating func `barge-in cancels upstream, and truncates at what was heard`() {
        _ = conversation.take(.received(.sessionCreated), at: .zero)
        _ = conversation.take(.changed(.inserted(turn, after: nil)), at: .zero)
        _ = conversation.take(.asked(request([turn])), at: .zero)
        _ = conversation.take(.received(.responseCreated(id: "up_r")), at: .zero)
        _ = conversation.take(.received(.outputItemAdded(.message(id: "up_i"), responseID: "up_r")), at: .zero)
        let position = UpstreamEvent.OutputPosition(responseID: "up_r", itemID: "up_i", contentIndex: 1)
        _ = conversation.take(.received(.transcript(position, delta: "Well, once upon")), at: .zero)
        _ = conversation.take(.received(.audio(position, bytes: Array(repeating: 0, count: 96_000))), at: .zero)
        let change = ConversationChange.truncated(id: "answer_to_resp_1", text: "Well,", heardMilliseconds: 700)
        #expect(
            commands(conversation.take(.changed(change), at: .seconds(1))) == [
                .cancelResponse(id: "up_r"), .truncateItem(id: "up_i", contentIndex: 1, milliseconds: 700),
            ])
        #expect(conversation.take(.cancelled(responseID: "resp_1"), at: .seconds(1)).isEmpty)
        // What was under way is not told any more, and a new answer waits for the upstream's word.
        #expect(conversation.take(.received(.audio(position, bytes: [0, 0])), at: .seconds(1)).isEmpty)
        #expect(conversation.take(.asked(request([turn], id: "resp_2")), at: .seconds(1)).isEmpty)
        let done = conversation.take(.received(.responseDone(.init(status: "cancelled", id: "up_r"))), at: .seconds(1))
        guard case .createResponse? = commands(done).first else {
            Issue.record("\(done)")
            return
        }
    }

    @Test mutating func `an answer of which nothing was heard is taken away`() {
        _ = conversation.take(.received(.sessionCreated), at: .zero)
        _ = conversation.take(.changed(.inserted(turn, after: nil)), at: .zero)
        _ = conversation.take(.asked(request([turn])), at: .zero)
        _ = conversation.take(.received(.responseCreated(id: "up_r")), at: .zero)
        _ = conversation.take(.received(.outputItemAdded(.message(id: "up_i"), responseID: "up_r")), at: .zero)
        let change = ConversationChange.truncated(id: "answer_to_resp_1", text: "", heardMilliseconds: 0)
        #expect(commands(conversation.take(.changed(change), at: .zero)) == [.cancelResponse(id: "up_r")])
        let done = conversation.take(.received(.responseDone(.init(status: "cancelled", id: "up_r"))), at: .zero)
        #expect(commands(done) == [.deleteItem(id: "up_i")])
    }

    @Test mutating func `an upstream that sends nothing while it answers is left, and the answer fails`() {
        _ = conversation.take(.received(.sessionCreated), at: .zero)
        _ = conversation.take(.changed(.inserted(turn, after: nil)), at: .zero)
        _ = conversation.take(.asked(request([turn])), at: .seconds(5))
        #expect(conversation.deadline == .seconds(25))
        let actions = conversation.take(.deadlinePassed, at: .seconds(25))
        #expect(actions.first == .disconnect)
        #expect(
            actions.contains(
                .finish(
                    responseID: "resp_1",
                    UpstreamError(upstream: "up.example", problem: .interrupted(.stalled(.seconds(20)))))))
    }

    @Test mutating func `a refused key fails answers at once, and is tried again rarely`() {
        let refused = UpstreamFailure.refused(status: 401, reason: "Incorrect API key.", retryAfter: nil)
        _ = conversation.take(.failed(refused), at: .zero)
        #expect(conversation.deadline == .seconds(30))
        #expect(
            conversation.take(.asked(request([turn])), at: .seconds(1)) == [
                .finish(responseID: "resp_1", UpstreamError(upstream: "up.example", problem: .away(refused)))
            ])
        #expect("\(refused)".contains("refuses the key (HTTP status 401: Incorrect API key.)"))
    }

    @Test mutating func `pauses between attempts double, and heed what the upstream asks for`() {
        var pauses: [Duration?] = []
        for failure in [UpstreamFailure](repeating: .lost, count: 8) + [
            .refused(status: 429, reason: "", retryAfter: .seconds(77))
        ] {
            let actions = conversation.take(.failed(failure), at: .zero)
            if case .unreachable(_, let retry)? = notices(actions).first { pauses.append(retry) }
            _ = conversation.take(.deadlinePassed, at: .zero)
        }
        #expect(pauses == [0.5, 1, 2, 4, 8, 16, 30, 30, 77].map { .seconds($0) })
    }

    @Test mutating func `what is not the conversation is answered by reference`() {
        _ = conversation.take(.received(.sessionCreated), at: .zero)
        _ = conversation.take(.changed(.inserted(turn, after: nil)), at: .zero)
        var asked = request([turn, .turn(Turn(id: "other", speaker: .user, text: "Only now."))])
        asked.isOutOfBand = true
        let sent = commands(conversation.take(.asked(asked), at: .zero))
        guard case .createResponse(let order)? = sent.first else {
            Issue.record("no response")
            return
        }
        #expect(order.isOutOfBand)
        #expect(
            order.input == [
                .reference(id: "item_1"), .entry(.turn(Turn(id: "other", speaker: .user, text: "Only now."))),
            ])
    }
}
