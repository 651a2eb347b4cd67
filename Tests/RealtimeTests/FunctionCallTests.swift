@testable import Realtime
import Responders
import Synchronization
import Testing

@Suite("What is answered with functions, in writing, or beside the conversation", .timeLimit(.minutes(10)))
struct FunctionCallTests {
    private static let call = FunctionCall(callID: "call_7", name: "weather", arguments: #"{"city":"Bern"}"#)

    @Test func aCallIsAnItemBesideTheMessage() async throws {
        let test = SessionUnderTest(
            pieces: ScriptedResponder.speech(seconds: 0.3) + [
                .functionCall(Self.call), .usage(TokenUsage(inputTokens: 40, cachedTokens: 32, outputTokens: 21)),
            ], settings: SessionSettings(voice: "slt"))
        await test.ask()
        await test.outbox.wait(for: "response.done")

        let done = try #require(test.outbox.all("response.function_call_arguments.done").first).event
        #expect(done["output_index"].int == 1)
        #expect(done["call_id"] == "call_7" && done["name"] == "weather")
        #expect(done["arguments"].string == Self.call.arguments)
        let added = test.outbox.all("response.output_item.added").map(\.event)
        #expect(added.map { $0["output_index"].int } == [0, 1])
        #expect(added[1]["item"]["type"] == "function_call" && added[1]["item"]["status"] == "in_progress")
        let response = try #require(test.outbox.all("response.done").first).event["response"]
        #expect(response["output"][0]["type"] == "message" && response["output"][1]["type"] == "function_call")
        #expect(response["usage"]["total_tokens"].int == 61)
        #expect(response["usage"]["input_token_details"]["cached_tokens"].int == 32)
        // Items enter the conversation one after the other; before the first there is none, which is said.
        let items = test.outbox.all("conversation.item.added").map(\.event)
        #expect(items[0].has("previous_item_id") && items[0]["previous_item_id"] == .null)
        #expect(items[2]["previous_item_id"] == response["output"][0]["id"])
    }

    @Test(arguments: [[#"{"ci"#, #"ty":"Bern"}"#], [#"{"city""#], ["", #"{"place":"#], []])
    func argumentsComeAsTheyAreWritten(deltas: [String]) async throws {
        let test = SessionUnderTest(
            pieces: [.functionCallStarted(callID: "call_7", name: "weather")]
                + deltas.map { .functionCallArguments(callID: "call_7", delta: $0) } + [.functionCall(Self.call)],
            settings: SessionSettings(voice: "slt"))
        await test.ask()
        await test.outbox.wait(for: "response.done")
        let told = test.outbox.all("response.function_call_arguments.delta").map { $0.event["delta"].string ?? "" }
        #expect(told.starts(with: deltas))
        let isWhole = Self.call.arguments.hasPrefix(deltas.joined())
        if isWhole { #expect(told.joined() == Self.call.arguments, "and what is missing at the end") }
        let done = try #require(test.outbox.all("response.function_call_arguments.done").first).event
        #expect(done["arguments"].string == Self.call.arguments)
        #expect(test.outbox.all("response.output_item.added").count == 1)
        let item = try #require(test.outbox.all("response.done").first).event["response"]["output"][0]
        #expect(item["arguments"].string == Self.call.arguments && item["status"] == "completed")
        #expect(test.outbox.types.count { $0 == "conversation.item.done" } == 2, "the question and the call")
    }

    @Test func aCallThatBreaksOffIsIncompleteAndNobodyIsToldOfIt() async throws {
        let asked = Mutex<[Conversation]>([])
        let test = SessionUnderTest(
            pieces: [
                .functionCallStarted(callID: "call_7", name: "weather"),
                .functionCallArguments(callID: "call_7", delta: #"{"ci"#),
                .functionCallArguments(callID: "call_8", delta: "of no call"),
            ], settings: SessionSettings(voice: "slt"), failure: .nothingToAnswer,
            onRespond: { conversation in asked.withLock { $0.append(conversation) } })
        await test.ask()
        await test.outbox.wait(for: "response.done")
        let done = try #require(test.outbox.all("response.function_call_arguments.done").first).event
        #expect(done["arguments"] == #"{"ci"#)
        let item = try #require(test.outbox.all("response.done").first).event["response"]["output"][0]
        #expect(item["type"] == "function_call" && item["status"] == "incomplete")
        let end = ["conversation.item.done", "response.output_item.done", "response.done"]
        #expect(test.outbox.types.suffix(3) == end[...])
        await test.ask()
        await test.outbox.wait(for: "response.done", count: 2)
        #expect(asked.withLock { $0.last?.entries.count } == 2, "the two questions")
    }

    @Test func whatAFunctionReturnedReachesTheResponder() async throws {
        let asked = Mutex<[Conversation]>([])
        let test = SessionUnderTest(
            pieces: [.functionCall(Self.call)],
            onRespond: { conversation in asked.withLock { $0.append(conversation) } })
        await test.receive(
            #"""
            {"type":"session.update","session":{"tool_choice":"required","max_output_tokens":9,"tools":[
             {"type":"function","name":"weather","parameters":{"type":"object","properties":{"cityName":{}}}}]}}
            """#)
        let session = try #require(test.outbox.messages.last).event["session"]
        #expect(session["tools"][0]["parameters"]["properties"].has("cityName"))
        #expect(session["tool_choice"] == "required" && session["max_output_tokens"].int == 9)
        await test.ask()
        await test.outbox.wait(for: "response.done")
        // Nothing was said: there is no message, and no picture.
        #expect(test.outbox.all("response.output_item.added").count == 1)
        #expect(!test.outbox.types.contains("response.output_video.done"))

        await test.receive(
            #"{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"call_7","output":"sun"}}"#
        )
        #expect(test.outbox.messages.last?.event["item"]["output"] == "sun")
        await test.receive(#"{"type":"response.create","response":{"tool_choice":"none"}}"#)
        await test.outbox.wait(for: "response.done", count: 2)
        let conversations = asked.withLock { $0 }
        try #require(conversations.count == 2)
        #expect(conversations[0].tools.map(\.name) == ["weather"] && conversations[0].toolChoice == .required)
        #expect(conversations[0].maximumTokens == 9)
        #expect(conversations[1].toolChoice == .none)
        guard case .functionCall(let call) = conversations[1].entries[1],
            case .functionOutput(let output) = conversations[1].entries[2]
        else {
            Issue.record("\(conversations[1].entries)")
            return
        }
        #expect(call.callID == "call_7" && !call.id.isEmpty)
        #expect(output.callID == "call_7" && output.output == "sun")
    }

    @Test func whoWantsToReadGetsNoSound() async throws {
        let test = SessionUnderTest()
        await test.receive(#"{"type":"session.update","session":{"output_modalities":["text"]}}"#)
        await test.ask()
        await test.outbox.wait(for: "response.done")
        #expect(
            test.outbox.types.dropFirst(3).filter { $0 != "response.output_text.delta" } == [
                "response.created", "response.output_item.added", "conversation.item.added",
                "response.content_part.added", "response.output_text.done", "response.content_part.done",
                "conversation.item.done", "response.output_item.done", "response.done",
            ])
        let part = try #require(test.outbox.all("response.done").first).event["response"]["output"][0]["content"][0]
        #expect(part["type"] == "output_text" && part["text"] == "Hello there, how are you?")
        #expect(test.metric("visavis_sessions_speaking") == "0")
    }

    @Test func oneMayBeWrittenWhileAnotherIsSpoken() async throws {
        let test = SessionUnderTest(leaps: false)
        await test.ask()
        await test.outbox.wait(for: "response.output_audio.delta")
        let written = #"{"type":"response.create","response":{"conversation":"none","output_modalities":["text"]}}"#
        await test.receive(written)
        await test.outbox.wait(for: "response.done")
        let done = try #require(test.outbox.all("response.done").first).event["response"]
        #expect(done["conversation_id"] == .null && done["output"][0]["content"][0]["type"] == "output_text")
        let itemID = done["output"][0]["id"]
        #expect(!test.outbox.all("conversation.item.added").contains { $0.event["item"]["id"] == itemID })
        // The one that speaks is still there, and a second that speaks is not let in.
        let refused = await test.answer(to: #"{"type":"response.create","response":{"conversation":"none"}}"#)
        #expect(refused.last?.event["error"]["code"] == "conversation_already_has_active_response")
        await test.session.close()
    }

    @Test func aResponseMayAnswerOtherThingsThanTheConversation() async throws {
        let asked = Mutex<[Conversation]>([])
        let test = SessionUnderTest(onRespond: { conversation in asked.withLock { $0.append(conversation) } })
        await test.ask()
        await test.outbox.wait(for: "response.done")
        let first = try #require(test.outbox.all("conversation.item.added").first).event["item"]["id"].string ?? ""
        await test.receive(
            #"""
            {"type":"response.create","response":{"conversation":"none","instructions":"classify","input":[
             {"type":"item_reference","id":"\#(first)"},
             {"type":"message","role":"user","content":[{"type":"input_text","text":"Well?"}]}]}}
            """#)
        await test.outbox.wait(for: "response.done", count: 2)
        let turns = asked.withLock { $0.last?.turns.map(\.text) }
        #expect(turns == ["Hi", "Well?"])
        let missing = await test.answer(
            to: #"{"type":"response.create","response":{"input":[{"type":"item_reference","id":"x"}]}}"#)
        #expect(missing.last?.event["error"]["code"] == "item_not_found")
    }
}
