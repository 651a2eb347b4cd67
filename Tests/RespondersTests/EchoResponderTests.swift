import Audio
import TestSupport
import Testing

@testable import Responders

@Suite(.timeLimit(.minutes(10))) struct EchoResponderTests {
    @Test func saysTheUsersOwnWordsInPiecesOf100Milliseconds() async throws {
        let speech = (0..<5_000).map { Int16($0 % 977) }
        let turn = Turn(speaker: .user, text: "hm", speech: speech)
        let pieces = try await collect(EchoResponder(), Conversation(turns: [turn], voice: "slt"))
        #expect(pieces.first == .transcript("hm"))
        #expect(pieces.dropFirst().map(\.sampleCount) == [2_400, 2_400, 200])
        #expect(pieces.flatMap(\.samples) == speech)
    }

    @Test func answersTheUsersLastTurn() async throws {
        let turns = [
            Turn(speaker: .user, speech: [1]), Turn(speaker: .user, speech: [2]),
            Turn(speaker: .assistant, speech: [3]),
        ]
        let pieces = try await collect(EchoResponder(), Conversation(turns: turns, voice: "slt"))
        #expect(pieces == [.speech([2])])
    }

    @Test func refusesWhatWasNotSpoken() async {
        await #expect(throws: ResponderError.noSpeech(responder: "echo")) {
            try await collect(
                EchoResponder(), Conversation(turns: [Turn(speaker: .user, text: "typed")], voice: "slt"))
        }
        await #expect(throws: ResponderError.nothingToAnswer) {
            try await collect(
                EchoResponder(), Conversation(turns: [Turn(speaker: .assistant, speech: [1])], voice: "slt"))
        }
    }

    @Test func whoWantsToReadGetsTheWords() async throws {
        var conversation = Conversation(turns: [Turn(speaker: .user, text: "typed")], voice: "slt")
        conversation.output = .text
        #expect(try await collect(EchoResponder(), conversation) == [.text("typed")])
        #expect(try await collect(AutoResponder(), conversation) == [.text("typed")])
        conversation.entries = [.turn(Turn(speaker: .user, speech: [1]))]
        for responder in [EchoResponder(), AutoResponder()] as [any ConversationResponder] {
            await #expect(throws: ResponderError.unknownWords(responder: "echo")) {
                try await collect(responder, conversation)
            }
        }
    }

    @Test func stopsWhenItsTaskIsCancelled() async {
        let turn = Turn(speaker: .user, speech: Array(repeating: 1, count: 240_000))
        let task = Task {
            var heard = 0
            for try await piece in try EchoResponder().respond(to: Conversation(turns: [turn], voice: "slt")) {
                heard += piece.sampleCount
                withUnsafeCurrentTask { $0?.cancel() }
            }
            return heard
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
