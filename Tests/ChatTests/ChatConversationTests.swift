import Foundation
import Responders
import Synchronization
import TestSupport
import Testing

@testable import Chat

/// Whole answers, by services of their own.
@Suite(.timeLimit(.minutes(5))) struct ChatConversationTests {
    private static let heard = "Wie spät ist es in 東京?"
    private static let spoken = [
        "Good question, I think. ", "It is late there 🌙, see the clock. ", "现在是晚上，大家都睡了。", "Good night!",
    ]
    private let services: StandInServices

    init() throws { services = try StandInServices() }

    private func request(_ turn: Turn, tools: [Tool] = [], output: Conversation.Output = .speech) -> ResponseRequest {
        ResponseRequest(
            responseID: "resp", itemID: "item",
            conversation: Conversation(entries: [.turn(turn)], voice: "nova", tools: tools, output: output))
    }

    private let typed = Turn(id: "a", speaker: .user, text: "What time is it in Tokyo?")
    private let said = Turn(id: "b", speaker: .user, speech: [Int16](repeating: 900, count: 24_000))

    private func collect(_ session: any ResponderSession, _ request: ResponseRequest) async throws -> [ResponsePiece] {
        var pieces: [ResponsePiece] = []
        for try await piece in try session.respond(to: request) { pieces.append(piece) }
        return pieces
    }

    @Test(arguments: ["", "plain"]) func aSpokenTurnIsHeardAnsweredAndSaid(way: String) async throws {
        let session = try services.chat(hearing: way, speaking: way).join()
        session.follow(.inserted(.turn(said), after: nil))
        let pieces = try await collect(session, request(said))
        session.leave()
        var notices: [ResponderNotice] = []
        for await notice in session.notices { notices.append(notice) }

        let deltas = notices.compactMap { notice -> String? in
            if case .transcript("b", let delta) = notice { delta } else { nil }
        }
        #expect(deltas.joined() == Self.heard && deltas.count == (way.isEmpty ? 6 : 1))
        #expect(notices.contains(.transcribed(itemID: "b", text: Self.heard)))
        #expect(
            notices.contains(
                .rateLimits([RateLimit(name: "requests", limit: 100, remaining: 99, resetSeconds: 60.5)])))

        #expect(pieces.first == .firstToken)
        let words = pieces.compactMap { if case .transcript(let words) = $0 { words } else { nil } }
        #expect(words == Self.spoken)
        #expect(pieces.last == .usage(TokenUsage(inputTokens: 40, cachedTokens: 8, outputTokens: 12)))
        // 50 ms a character, at 16 kHz on the way; emoji are not sent.
        let samples = pieces.reduce(0) { if case .speech(let speech) = $1 { $0 + speech.count } else { $0 } }
        let characters = services.requests.compactMap(\.asked.input?.count).reduce(0, +)
        #expect(samples == characters * 1_200)
        #expect(services.requests.compactMap(\.asked.input).allSatisfy { !$0.contains("🌙") })
        // Bytes of a WAV file with a second of 24 kHz.
        #expect(services.requests.first?.asked.file == 48_044)
        #expect(services.requests.first { $0.path == "chat/completions" }?.asked.messages?.last?.content == Self.heard)
    }

    @Test func aCoughNeedsNoAnswer() async throws {
        let session = ChatResponder(
            name: "chat", recognizer: Deaf(), model: ChatCompletions(.init(service: try services.service("small"))),
            synthesizer: EmbeddedSpeech()
        ).join()
        session.follow(.inserted(.turn(said), after: nil))
        #expect(try await collect(session, request(said)).isEmpty)
        #expect(services.requests.isEmpty)
    }

    private struct Deaf: SpeechRecognizer {
        func words(in speech: [Int16]) -> AsyncThrowingStream<String, any Error> { AsyncThrowingStream { $0.finish() } }
    }

    @Test func anAnswerMayBeWritten() async throws {
        let pieces = try await collect(try services.chat().join(), request(typed, output: .text))
        let text = pieces.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined()
        #expect(text.hasPrefix("Good **question**") && text.hasSuffix("Good night!"))
        #expect(!services.requests.contains { $0.path == "audio/speech" })
    }

    @Test func theModelMaySpeakFirst() async throws {
        var greeting = request(typed, output: .text)
        greeting.conversation.entries = []
        greeting.conversation.instructions = "Greet the visitor."
        let pieces = try await collect(try services.chat().join(), greeting)
        #expect(pieces.contains { if case .text = $0 { true } else { false } })
        let asked = services.requests.first { $0.path == "chat/completions" }?.asked.messages
        #expect(asked?.map(\.role) == ["system"] && asked?.first?.content == "Greet the visitor.")
    }

    @Test func functionsAreCalledAndTheirOutputIsAnswered() async throws {
        let session = try services.chat().join()
        let clock = Tool(name: "clock", parameters: #"{"type":"object","properties":{"city":{"type":"string"}}}"#)
        let pieces = try await collect(session, request(typed, tools: [clock]))
        let call = FunctionCall(callID: "call_7", name: "clock", arguments: #"{"city": "東京"}"#)
        // The words come as the model writes them.
        #expect(
            pieces == [
                .firstToken, .functionCallStarted(callID: "call_7", name: "clock"),
                .functionCallArguments(callID: "call_7", delta: #"{"ci"#),
                .functionCallArguments(callID: "call_7", delta: #"ty": "東京"}"#),
                .usage(TokenUsage(inputTokens: 40, cachedTokens: 8, outputTokens: 12)), .functionCall(call),
            ])

        var answered = request(typed, tools: [clock])
        answered.conversation.entries += [
            .functionCall(call), .functionOutput(FunctionOutput(id: "o", callID: "call_7", output: "23:10")),
        ]
        let words = try await collect(session, answered).compactMap {
            if case .transcript(let words) = $0 { words } else { nil }
        }
        #expect(words.joined() == "The clock says 23:10.")
        #expect(services.requests.last { $0.path == "chat/completions" }?.asked.messages?.last?.role == "tool")
    }

    @Test func atMostOneClauseIsSynthesisedAhead() async throws {
        let (taken, take) = AsyncStream.makeStream(of: Void.self)
        let reading = Task {
            var clauses = 0
            for try await piece in try services.chat().join().respond(to: request(typed)) {
                if case .transcript = piece { clauses += 1 }
                guard clauses == 2 else { continue }
                take.yield()
                try await Task.sleep(for: .seconds(60))
            }
        }
        defer { reading.cancel() }
        for await _ in taken { break }
        // Two have been taken; the third is being made, and the fourth waits, however long this takes.
        for _ in 0..<100 where services.requests.count(where: { $0.path == "audio/speech" }) < 3 {
            try await Task.sleep(for: .milliseconds(20))
        }
        try await Task.sleep(for: .milliseconds(100))
        #expect(services.requests.count { $0.path == "audio/speech" } == 3)
    }

    @Test func whoeverStopsReadingEndsAllRequests() async throws {
        let responder = try services.chat(speaking: "hang")
        let task = Task {
            var pieces: [ResponsePiece] = []
            for try await piece in try responder.join().respond(to: request(typed)) { pieces.append(piece) }
            return pieces
        }
        for _ in 0..<200 where !services.requests.contains(where: { $0.path == "audio/speech" }) {
            try await Task.sleep(for: .milliseconds(10))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(services.requests.count { $0.path == "audio/speech" } <= 2)
    }

    @Test func connectionsAreKept() async throws {
        let session = try services.chat().join()
        for _ in 0..<3 { _ = try await collect(session, request(typed, output: .text)) }
        #expect(Set(services.requests.map(\.port)).count == 1)
    }

    @Test func connectionsAreOpenedWhileTheUserSpeaks() async throws {
        let session = try services.chat().join()
        for id in ["b", "c"] { session.follow(.turnStarted(id: id)) }
        for _ in 0..<500 where services.requests.count < 3 { try await Task.sleep(for: .milliseconds(20)) }
        session.follow(.inserted(.turn(said), after: nil))
        _ = try await collect(session, request(said))
        let opened = services.requests.filter { $0.path == "models" }
        #expect(opened.count == 3)
        // The second clause is made beside the first, over one more connection.
        let others = services.requests.filter { $0.path != "audio/speech" }
        #expect(Set(opened.map(\.port)).isSuperset(of: others.map(\.port)))
    }

    @Test(arguments: ["busy", "failing"]) func aServiceThatIsBusyIsAskedAgain(fault: String) async throws {
        let session = try services.chat(hearing: fault, thinking: fault, speaking: fault).join()
        session.follow(.inserted(.turn(said), after: nil))
        let words = try await collect(session, request(said)).compactMap {
            if case .transcript(let words) = $0 { words } else { nil }
        }
        #expect(words == Self.spoken)
    }

    @Test func aCertificateIsTrustedWhereTheSettingsNameIt() async throws {
        let certificate = try SelfSignedCertificate()
        let services = try StandInServices(certificate: certificate)
        defer { withExtendedLifetime(services) {} }
        var service = try services.service("small")
        service.patience = .seconds(5)
        let error = try await #require(throws: ServiceError.self) {
            try await Service(service, purpose: "language model").get("/models")
        }
        #expect("\(error)".contains("TLS could not be agreed on (certificate verify failed)"), "\(error)")
        service.certificates = certificate.file
        service.patience = .seconds(60)
        _ = try await Service(service, purpose: "language model").get("/models")
    }

    @Test(arguments: [
        ("unauthorized", "401 (Incorrect API key provided.)"), ("exhausted", "ask again in 3600.0 s"),
        ("broken", "500 (out of memory)"), ("stall", "silent for 0.7 s"), ("cut", "broke off"), ("garbage", "<html>"),
    ])
    func whatAServiceDoesWrongIsTold(fault: String, message: String) async throws {
        let thinking = try await #require(throws: ServiceError.self) {
            try await collect(try services.chat(thinking: fault).join(), request(typed))
        }
        #expect(thinking.description.contains(message) && thinking.service == "language model", "\(thinking)")
        #expect(thinking.url.hasSuffix("/chat/completions"))
        let session = try services.chat(hearing: fault).join()
        session.follow(.inserted(.turn(said), after: nil))
        let hearing = try await #require(throws: ServiceError.self) { try await collect(session, request(said)) }
        #expect(hearing.description.contains(message) && hearing.service == "speech recognition", "\(hearing)")
        session.leave()
        var failures = 0
        for await notice in session.notices {
            if case .transcriptionFailed = notice { failures += 1 }
        }
        #expect(failures == 1)
        guard fault != "garbage" else { return }  // Bare samples are never garbage.
        let speaking = try await #require(throws: ServiceError.self) {
            try await collect(try services.chat(speaking: fault).join(), request(typed))
        }
        #expect(speaking.description.contains(message) && speaking.service == "speech synthesis", "\(speaking)")
    }

    @Test func aServiceThatGoesAndComesBackIsTold() async throws {
        let model = Restarting()
        let session = ChatResponder(name: "chat", recognizer: nil, model: model, synthesizer: EmbeddedSpeech()).join()
        var notices = session.notices.makeAsyncIterator()
        await #expect(throws: Restarting.error) { try await collect(session, request(typed, output: .text)) }
        #expect(
            await notices.next()
                == .unreachable(
                    reason: "The language model at here cannot be reached (gone): start it, or correct base_url.",
                    retry: .seconds(1)))
        model.isRunning.withLock { $0 = true }
        // Nobody has asked again.
        #expect(await notices.next() == .reachable)
        _ = try await collect(session, request(typed, output: .text))
        session.leave()
        #expect(await notices.next() == nil)
    }

    private final class Restarting: LanguageModel {
        static let error = ServiceError(service: "language model", url: "here", failure: .unreachable(reason: "gone"))
        let isRunning = Mutex(false)

        func isThere() async -> Bool { isRunning.withLock { $0 } }

        func answer(_ conversation: Conversation) -> AsyncThrowingStream<LanguageModelOutput, any Error> {
            AsyncThrowingStream {
                guard isRunning.withLock({ $0 }) else { return $0.finish(throwing: Self.error) }
                $0.yield(.text("Back."))
                $0.finish()
            }
        }
    }

    @Test func aServiceThatRefusesIsToldUntilItAnswers() async throws {
        let session = try services.chat(thinking: "broken").join()
        await #expect(throws: ServiceError.self) { try await collect(session, request(typed, output: .text)) }
        session.leave()
        var reasons: [String] = []
        for await case .unreachable(let reason, nil) in session.notices { reasons.append(reason) }
        #expect(reasons.count == 1 && reasons.first?.contains("500 (out of memory)") == true)
    }

    @Test func servicesAreAskedWhetherTheyAreThere() async throws {
        var settings = ChatSettings(languageModel: LanguageModelSettings(service: try services.service("small")))
        settings.transcription = TranscriptionSettings(service: try services.service("hearing", "unauthorized"))
        let checks = await settings.check()
        #expect(checks.map(\.purpose) == ["speech recognition", "language model"])
        #expect(checks.first?.problem?.description.contains("api_key_env") == true)
        #expect(checks.last.map { $0.problem == nil } == true)
    }

    @Test func aServiceThatIsNotThereIsTold() async throws {
        var settings = try services.service("small")
        settings.baseURL = try #require(URL(string: "http://127.0.0.1:1/v1"))
        let responder = ChatResponder(ChatSettings(languageModel: LanguageModelSettings(service: settings)))
        let error = try await #require(throws: ServiceError.self) {
            try await collect(responder.join(), request(typed))
        }
        #expect(error.description.contains("cannot be reached (Connection refused): start it"), "\(error)")
        await #expect(throws: ResponderError.noText(responder: "chat")) {
            try await collect(responder.join(), request(said))
        }
    }
}
