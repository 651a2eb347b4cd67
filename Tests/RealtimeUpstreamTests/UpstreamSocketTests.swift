import Audio
import Foundation
import Logging
import Responders
import Settings
import TestSupport
import Testing

@testable import RealtimeUpstream
@testable import realtime_stand_in

/// The responder against a server on a real socket, which misbehaves.
@Suite(.timeLimit(.minutes(2)))
struct UpstreamSocketTests {
    /// A session with an upstream, as a ``RealtimeSession`` would have it.
    private final class Client: Sendable {
        let session: any ResponderSession
        let notices: Task<[ResponderNotice], Never>

        init(
            _ standIn: StandInUpstream, fault: Fault? = nil, times: Int = 1,
            _ adjust: (inout UpstreamSettings) -> Void = { _ in }
        )
            throws
        {
            var settings = UpstreamSettings()
            settings.url =
                "ws://127.0.0.1:\(standIn.port)/v1/realtime?fault=\(fault?.rawValue ?? "none")&times=\(times)"
            settings.key = APIKey("sk-hidden")
            settings.voices = ["slt"]
            adjust(&settings)
            session = try UpstreamResponder(settings).join()
            notices = Task { [session] in
                var notices: [ResponderNotice] = []
                for await notice in session.notices { notices.append(notice) }
                return notices
            }
            session.follow(.configured(Conversation(entries: [], voice: "slt", instructions: "Be brief.")))
        }

        func say(_ text: String, id: String = "item_1", after previous: String? = nil) -> [ConversationEntry] {
            let entry = ConversationEntry.turn(Turn(id: id, speaker: .user, text: text))
            session.follow(.inserted(entry, after: previous))
            return [entry]
        }

        func answer(
            to entries: [ConversationEntry], id: String = "resp_1", output: Conversation.Output = .speech,
            tools: [Tool] = []
        ) throws -> any AsyncSequence<ResponsePiece, any Error> & Sendable {
            let conversation = Conversation(
                entries: entries, voice: "slt", instructions: "Be brief.", tools: tools, output: output)
            return try session.respond(
                to: ResponseRequest(responseID: id, itemID: "answer_\(id)", conversation: conversation))
        }

        func leave() async -> [ResponderNotice] {
            session.leave()
            return await notices.value
        }
    }

    private func collect(_ pieces: any AsyncSequence<ResponsePiece, any Error> & Sendable) async throws
        -> [ResponsePiece]
    {
        var collected: [ResponsePiece] = []
        for try await piece in pieces { collected.append(piece) }
        return collected
    }

    private func words(_ pieces: [ResponsePiece]) -> String {
        pieces.map { if case .transcript(let words) = $0 { words } else { "" } }.joined()
    }

    private func samples(_ pieces: [ResponsePiece]) -> Int {
        pieces.reduce(0) { if case .speech(let samples) = $1 { $0 + samples.count } else { $0 } }
    }

    /// Waits until the upstream has been sent such an event.
    private func wait(for type: String, at standIn: StandInUpstream) async throws -> StandInUpstream.Note {
        while true {
            if let note = standIn.notes.last(where: { $0.type == type }) { return note }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    @Test(arguments: [false, true])
    func `a typed turn is answered, in both dialects`(isBeta: Bool) async throws {
        let standIn = try await StandInUpstream(isBeta: isBeta)
        let client = try Client(standIn) { $0.dialect = isBeta ? .beta : .ga }
        let pieces = try await collect(client.answer(to: client.say("Good morning to you.")))
        #expect(pieces.first == .firstToken)
        #expect(words(pieces) == "Good morning to you.")
        #expect(samples(pieces) > SpeechFormat.sampleRate / 2)
        #expect(pieces.last == .usage(TokenUsage(inputTokens: 12, cachedTokens: 5, outputTokens: 34)))
        let headers = try #require(standIn.notes.first).json
        #expect(headers.contains("Authorization: Bearer sk-hidden"))
        #expect(headers.contains("OpenAI-Beta: realtime=v1") == isBeta)
        let update = try await wait(for: "session.update", at: standIn).json
        #expect(update.contains(#""turn_detection":null"#))
        #expect(await client.leave().contains { if case .rateLimits = $0 { true } else { false } })
        await standIn.stop()
    }

    @Test func `a spoken turn goes up as it comes, and its words come back`() async throws {
        let standIn = try await StandInUpstream()
        let client = try Client(standIn)
        _ = try await wait(for: "session.update", at: standIn)
        let piece = [Int16](repeating: 100, count: 4800)
        client.session.follow(.turnStarted(id: "turn"))
        for _ in 0..<5 { client.session.follow(.turnHeard(id: "turn", piece)) }
        let turn = ConversationEntry.turn(
            Turn(id: "turn", speaker: .user, speech: Array([[Int16]](repeating: piece, count: 5).joined())))
        client.session.follow(.inserted(turn, after: nil))
        let pieces = try await collect(client.answer(to: [turn]))
        #expect(words(pieces) == "I spoke for 1000 milliseconds.")
        #expect(standIn.notes.filter { $0.type == "input_audio_buffer.append" }.count == 5)
        let notices = await client.leave()
        #expect(notices.contains(.transcript(itemID: "turn", delta: "I spoke ")))
        #expect(notices.contains(.transcribed(itemID: "turn", text: "I spoke for 1000 milliseconds.")))
        await standIn.stop()
    }

    @Test func `functions are called, and what they return is answered`() async throws {
        let standIn = try await StandInUpstream()
        let client = try Client(standIn)
        let tools = [Tool(name: "weather", parameters: #"{"type":"object","minimum":1.5,"list":[1,null,true]}"#)]
        let configuration = Conversation(entries: [], voice: "slt", instructions: "Be brief.", tools: tools)
        client.session.follow(.configured(configuration))
        var entries = client.say("What is the weather like?")
        let pieces = try await collect(client.answer(to: entries, tools: tools))
        let call = try #require(pieces.compactMap { if case .functionCall(let call) = $0 { call } else { nil } }.first)
        #expect(call.name == "weather" && call.arguments == #"{"place":"Köln"}"#)
        let told = pieces.compactMap { piece in
            switch piece {
            case .functionCallStarted(call.callID, let name): name
            case .functionCallArguments(call.callID, let delta): delta
            default: nil
            }
        }
        #expect(told == ["weather", #"{"place":"#, #""Köln"}"#])
        var named = call
        named.id = "call_item"
        let output = FunctionOutput(id: "output", callID: call.callID, output: "Sunny in Cologne.")
        client.session.follow(.inserted(.functionCall(named), after: "item_1"))
        client.session.follow(.inserted(.functionOutput(output), after: "call_item"))
        entries += [.functionCall(named), .functionOutput(output)]
        #expect(try await words(collect(client.answer(to: entries, id: "resp_2", tools: tools))) == "Sunny in Cologne.")
        _ = await client.leave()
        await standIn.stop()
    }

    @Test func `whoever interrupts is not talked over: the upstream keeps what was heard`() async throws {
        let standIn = try await StandInUpstream()
        let client = try Client(standIn)
        let story = Array(repeating: "Once upon a time there was a king who told stories.", count: 200).joined(
            separator: " ")
        let answer = try client.answer(to: client.say(story))
        let listening = Task {
            var heard = 0
            for try await piece in answer {
                if case .speech(let samples) = piece { heard += samples.count }
                if heard > SpeechFormat.sampleRate { return }
            }
        }
        try await listening.value
        client.session.follow(.truncated(id: "answer_resp_1", text: "Once upon", heardMilliseconds: 640))
        let cancel = try await wait(for: "response.cancel", at: standIn)
        #expect(cancel.json.contains("resp_upstream"))
        #expect(try await wait(for: "conversation.item.truncate", at: standIn).json.contains(#""audio_end_ms":640"#))
        #expect(standIn.samples(of: 1).last == SpeechFormat.samples(inMilliseconds: 640))
        // The conversation goes on.
        let answerTurn = ConversationEntry.turn(Turn(id: "answer_resp_1", speaker: .assistant, text: "Once upon"))
        let next = client.say("Stop.", id: "item_2", after: "answer_resp_1")
        let first = ConversationEntry.turn(Turn(id: "item_1", speaker: .user, text: story))
        #expect(try await words(collect(client.answer(to: [first, answerTurn] + next, id: "resp_2"))) == "Stop.")
        _ = await client.leave()
        await standIn.stop()
    }

    @Test(arguments: [Fault.drop, .stall, .garbage, .binary])
    func `an answer that breaks off fails with the reason, and the conversation is told again`(fault: Fault)
        async throws
    {
        let standIn = try await StandInUpstream()
        let client = try Client(standIn, fault: fault) { if fault == .stall { $0.stallTimeout = .seconds(2) } }
        let said = client.say("This is a long sentence, and it has some more words.")
        let error = try await #require(throws: UpstreamError.self) { try await collect(client.answer(to: said)) }
        let reason = "\(error)"
        #expect(reason.hasPrefix("the upstream 127.0.0.1 ") && !reason.contains("sk-hidden"))
        // The next turn waits for the new connection.
        let broken = ConversationEntry.turn(Turn(id: "answer_resp_1", speaker: .assistant, text: "This is"))
        client.session.follow(.truncated(id: "answer_resp_1", text: "This is", heardMilliseconds: 200))
        let next = client.say("Are you there?", id: "item_2", after: "answer_resp_1")
        let pieces = try await collect(client.answer(to: said + [broken] + next, id: "resp_2"))
        #expect(words(pieces) == "Are you there?")
        #expect(
            standIn.words(of: 2) == [
                "user: This is a long sentence, and it has some more words.", "assistant: This is",
                "user: Are you there?", "assistant: Are you there?",
            ])
        let notices = await client.leave()
        #expect(notices.contains { if case .unreachable(_, .some) = $0 { true } else { false } })
        #expect(notices.contains(.reachable))
        await standIn.stop()
    }

    @Test func `an answer that has not begun when the connection breaks is asked for again`() async throws {
        let standIn = try await StandInUpstream()
        let client = try Client(standIn, fault: .dropBefore)
        #expect(try await words(collect(client.answer(to: client.say("Hello again.")))) == "Hello again.")
        _ = await client.leave()
        await standIn.stop()
    }

    @Test(arguments: [Fault.refuse, .reject])
    func `a key that is refused is said to be, and is never shown`(fault: Fault) async throws {
        let standIn = try await StandInUpstream()
        let client = try Client(standIn, fault: fault, times: 100)
        let error = try await #require(throws: UpstreamError.self) {
            try await collect(client.answer(to: client.say("Hello.")))
        }
        #expect("\(error)".contains("Incorrect API key provided."))
        #expect(!"\(error)".contains("sk-hidden"))
        _ = await client.leave()
        await standIn.stop()
    }

    @Test func `an upstream that is busy is asked again when it says`() async throws {
        let standIn = try await StandInUpstream()
        let client = try Client(standIn, fault: .busy)
        #expect(try await words(collect(client.answer(to: client.say("Hello.")))) == "Hello.")
        let notices = await client.leave()
        #expect(notices.contains { if case .unreachable(_, let retry?) = $0 { retry >= .seconds(1) } else { false } })
        await standIn.stop()
    }

    @Test func `words survive frames that cut their characters in two`() async throws {
        let standIn = try await StandInUpstream()
        let client = try Client(standIn, fault: .fragments)
        let text = "Grüße aus Köln, 你好，世界。"
        let pieces = try await collect(client.answer(to: client.say(text), output: .text))
        #expect(pieces.map { if case .text(let text) = $0 { text } else { "" } }.joined() == text)
        _ = await client.leave()
        await standIn.stop()
    }

    @Test func `an answer that the upstream gives up fails with its words`() async throws {
        let standIn = try await StandInUpstream()
        let client = try Client(standIn, fault: .fail)
        let error = try await #require(throws: UpstreamError.self) {
            try await collect(client.answer(to: client.say("Hello.")))
        }
        #expect("\(error)" == "the upstream 127.0.0.1 failed: The model is ill.")
        _ = await client.leave()
        await standIn.stop()
    }

    @Test func `an upstream that is not there is told of, and an answer waits no longer than it may`() async throws {
        let standIn = try await StandInUpstream()
        await standIn.stop()
        let client = try Client(standIn) { $0.patience = .milliseconds(700) }
        let error = try await #require(throws: UpstreamError.self) {
            try await collect(client.answer(to: client.say("Hello?")))
        }
        #expect("\(error)".contains("cannot be reached: Connection refused"))
        _ = await client.leave()
    }

    @Test func `a server without TLS is told of, in words for people`() async throws {
        let standIn = try await StandInUpstream()
        let client = try Client(standIn) {
            $0.url = "wss://localhost:\(standIn.port)/v1/realtime"
            $0.patience = .seconds(2)
        }
        let error = try await #require(throws: UpstreamError.self) {
            try await collect(client.answer(to: client.say("Hello?")))
        }
        #expect("\(error)".contains("TLS could not be agreed on (wrong version number)"))
        _ = await client.leave()
        await standIn.stop()
    }
    @Test func `a certificate of one's own is trusted where the settings name it`() async throws {
        let certificate = try SelfSignedCertificate()
        let standIn = try await StandInUpstream(certificate: (certificate.file, certificate.key))
        let client = try Client(standIn) {
            $0.url = "wss://localhost:\(standIn.port)/v1/realtime"
            $0.certificates = certificate.file
        }
        #expect(try await words(collect(client.answer(to: client.say("Nobody listens in.")))) == "Nobody listens in.")
        _ = await client.leave()
        await standIn.stop()
    }

    @Test(arguments: [
        ("localhost", false, "certificate verify failed"), ("127.0.0.1", true, "its certificate is for another name"),
    ])
    func `a certificate that is not to be trusted is refused`(host: String, isKnown: Bool, reason: String)
        async throws
    {
        let certificate = try SelfSignedCertificate()
        let standIn = try await StandInUpstream(certificate: (certificate.file, certificate.key))
        let client = try Client(standIn) {
            $0.url = "wss://\(host):\(standIn.port)/v1/realtime"
            if isKnown { $0.certificates = certificate.file }
            $0.patience = .seconds(2)
        }
        let error = try await #require(throws: UpstreamError.self) {
            try await collect(client.answer(to: client.say("Who are you?")))
        }
        #expect("\(error)".contains("TLS could not be agreed on (\(reason))"))
        #expect("\(error)".contains("`certificates`"))
        #expect(standIn.notes.isEmpty)
        _ = await client.leave()
        await standIn.stop()
    }
}
