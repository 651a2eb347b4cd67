import Chat
import Foundation
import LocalSpeech
import Responders
import SherpaONNX
import Testing

@Suite(.enabled(if: (try? SherpaLibrary()) != nil), .timeLimit(.minutes(5))) struct LocalResponderTests {
    private let sound = (0..<48_000).map { Int16(9_000 * sin(0.05 * Double($0) * (1 + Double($0) / 20_000))) }

    private func session(_ model: LocalAnswers = LocalAnswers()) throws -> any ResponderSession {
        ChatResponder(
            name: "local", recognizer: LocalRecognizer(SmallSpeechModel.recognizer()), model: model,
            synthesizer: try SmallSpeechModel.speaker(SmallSpeechModel.voice.folder)
        ).join()
    }

    private func pieces(
        _ session: any ResponderSession, _ conversation: Conversation
    ) async throws -> [ResponsePiece] {
        let request = ResponseRequest(responseID: "response", itemID: "answer", conversation: conversation)
        return try await session.respond(to: request).reduce(into: []) { $0.append($1) }
    }

    @Test func whatIsSaidIsUnderstoodToldAndAnswered() async throws {
        let session = try session()
        let turn = Turn(id: "turn", speaker: .user, speech: sound)
        session.follow(.inserted(.turn(turn), after: nil))
        let answer = try await pieces(session, Conversation(turns: [turn], voice: "local"))
        session.leave()
        var notices: [ResponderNotice] = []
        for await notice in session.notices { notices.append(notice) }
        guard case .transcribed("turn", let words)? = notices.last else {
            Issue.record("\(notices)")
            return
        }
        #expect(answer.first == .firstToken)
        #expect(answer.contains { if case .transcript = $0 { true } else { false } })
        #expect(!words.isEmpty)
    }

    @Test func anAnswerIsReadSentenceBySentence() async throws {
        let session = try session()
        let turn = Turn(id: "turn", speaker: .user, text: "Hello world. World hello!")
        let answer = try await pieces(session, Conversation(turns: [turn], voice: "local"))
        let kinds = answer.map { piece in
            switch piece {
            case .transcript: "words"
            case .speech: "sound"
            default: "other"
            }
        }
        #expect(kinds.count { $0 == "words" } == 2)
        #expect(kinds.last == "sound")
    }

    @Test func anAnswerInWritingIsNotSaid() async throws {
        let session = try session()
        let turn = Turn(id: "turn", speaker: .user, text: "Hello world.")
        let conversation = Conversation(entries: [.turn(turn)], voice: "local", output: .text)
        #expect(try await pieces(session, conversation) == [.firstToken, .text("Hello world.")])
    }

    @Test func callsOfFunctionsPass() async throws {
        let session = try session(LocalAnswers(Calling()))
        let turn = Turn(id: "turn", speaker: .user, text: "Hello")
        let answer = try await pieces(session, Conversation(turns: [turn], voice: "local"))
        #expect(answer == [.firstToken, .functionCall(Calling.call), .usage(TokenUsage(outputTokens: 3))])
    }

    @Test func aRecogniserThatFailsIsToldAndFailsTheAnswer() async throws {
        let session = ChatResponder(
            name: "local", recognizer: LocalRecognizer(SmallSpeechModel.recognizer("/nowhere")), model: LocalAnswers(),
            synthesizer: EmbeddedSpeech()
        ).join()
        let turn = Turn(id: "turn", speaker: .user, speech: sound)
        session.follow(.inserted(.turn(turn), after: nil))
        await #expect(throws: LocalSpeechError.self) {
            _ = try await pieces(session, Conversation(turns: [turn], voice: "slt"))
        }
        session.leave()
        var notices: [ResponderNotice] = []
        for await notice in session.notices { notices.append(notice) }
        guard case .transcriptionFailed("turn", _)? = notices.first else {
            Issue.record("\(notices)")
            return
        }
    }
}

/// Calls a function, and says nothing.
private struct Calling: ConversationResponder {
    static let call = FunctionCall(id: "item", callID: "call", name: "weather", arguments: "{}")
    let name = "calling"

    func respond(
        to conversation: Conversation
    ) throws -> any AsyncSequence<ResponsePiece, any Error> & Sendable {
        AsyncThrowingStream<ResponsePiece, any Error> { continuation in
            continuation.yield(.firstToken)
            continuation.yield(.functionCall(Self.call))
            continuation.yield(.usage(TokenUsage(outputTokens: 3)))
            continuation.finish()
        }
    }
}
