import Foundation
import Responders
import Settings
import TestSupport
import Testing

@testable import Scripting

@Suite(.timeLimit(.minutes(5))) struct ScriptTests {
    private static let yaml = """
        greeting: Welcome!
        rules:
        - words: [open, opening hours, 几点]
          say: [From nine to five., Until five.]
        - pattern: "how (much|many)"
          say: Nine euros.
          call:
            name: show
            arguments: {page: prices, floor: 2}
        - speech: true
          say: I hear you.
        - words: map
          call: {name: map}
        - words: weather
          say: Let me see.
          call: {name: weather, say: "It is {output}."}
        otherwise: Please ask somebody.
        """

    private func script(_ yaml: String = yaml) throws -> Script {
        let folder = try TemporaryFolder()
        try folder.file("rules.yaml", Data(yaml.utf8))
        let file = try folder.file("visavis.yaml", Data("file: rules.yaml\n".utf8))
        var section = try SettingsSection(file: file, environment: [:])
        return try Script(&section)
    }

    private func answer(
        _ turns: [Turn], output: Conversation.Output = .speech
    ) async throws -> (words: String, samples: Int, calls: [FunctionCall]) {
        var conversation = Conversation(turns: turns, voice: VoiceCatalog.defaultVoice)
        conversation.output = output
        var answer = (words: "", samples: 0, calls: [FunctionCall]())
        for try await piece in try ScriptResponder(script()).respond(to: conversation) {
            switch piece {
            case .transcript(let words), .text(let words): answer.words += words
            case .speech(let speech): answer.samples += speech.count
            case .functionCall(let call): answer.calls.append(call)
            default: break
            }
        }
        return answer
    }

    @Test(arguments: [("weather?", "It is sunny."), ("a map", "")])
    func whatAFunctionReturnedIsSaid(question: String, expected: String) async throws {
        let call = FunctionCall(id: "c", callID: "call_1", name: "weather", arguments: "{}")
        let output = FunctionOutput(id: "o", callID: "call_1", output: "sunny")
        let conversation = Conversation(
            entries: [.turn(typed(question)), .functionCall(call), .functionOutput(output)],
            voice: VoiceCatalog.defaultVoice, output: .text)
        var words = ""
        for try await case .text(let text) in try ScriptResponder(script()).respond(to: conversation) { words += text }
        #expect(words == expected)
    }

    private func typed(_ text: String) -> Turn { Turn(speaker: .user, text: text) }

    @Test(arguments: [
        ("When do you OPEN?", "From nine to five."), ("Has it opened?", "Please ask somebody."),
        ("请问你们几点开门？", "From nine to five."), ("And how Many people?", "Nine euros."), ("", "Please ask somebody."),
    ])
    func theFirstRuleThatFitsAnswers(text: String, expected: String) async throws {
        let answer = try await answer([typed(text)])
        #expect(answer.words == expected && answer.samples > 12_000)
    }

    @Test func whoeverAsksAgainIsAnsweredInOtherWords() async throws {
        let turns = [typed("open?"), Turn(speaker: .assistant, text: "From nine to five."), typed("open?")]
        #expect(try await answer(turns).words == "Until five.")
    }

    @Test func speechWithoutWordsHasARule() async throws {
        #expect(try await answer([Turn(speaker: .user, speech: [1, 2])]).words == "I hear you.")
    }

    @Test func functionsAreCalled() async throws {
        let both = try await answer([typed("how much")])
        #expect(both.calls.map(\.name) == ["show"] && both.samples > 0)
        #expect(both.calls.first?.arguments == #"{"floor":2,"page":"prices"}"#)
        let alone = try await answer([typed("a map")])
        #expect(alone.calls.map(\.name) == ["map"] && alone.samples == 0)
    }

    @Test func theGreetingComesBeforeTheFirstTurn() async throws {
        #expect(try await answer([Turn(speaker: .system, text: "x")]).words == "Welcome!")
    }

    @Test func anAnswerMayBeWritten() async throws {
        let answer = try await answer([typed("how much")], output: .text)
        #expect(answer.words == "Nine euros." && answer.samples == 0 && answer.calls.count == 1)
    }

    @Test(arguments: [
        ("otherwise: x\n", "rules"), ("rules: []\n", "otherwise"), ("rules:\n- say: x\notherwise: y\n", ":2"),
        ("rules:\n- words: a\notherwise: y\n", "say"), ("rules:\n- pattern: '('\n  say: x\notherwise: y\n", ":2"),
        ("rules:\n- words: a\n  sya: x\notherwise: y\n", ":3"), ("rules: 3\notherwise: y\n", ":1"),
        ("rules:\n- words: a\n  speech: true\n  say: b\notherwise: y\n", ":2"),
        ("rules:\n- words: a\n  say: b\n  delay_seconds: -1\notherwise: y\n", ":4"),
    ])
    func whatIsWrongIsNamedWithItsLine(yaml: String, found: String) throws {
        let error = try #require(throws: SettingsError.self) { try script(yaml) }
        #expect(error.description.contains("rules.yaml:") && error.description.contains(found), "\(error)")
    }
}
