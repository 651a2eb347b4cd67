import Foundation
@testable import Realtime
import Responders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct ClientEventTests {
    private func event(_ json: String) throws -> ClientEvent {
        try ClientMessage.parse(Array(json.utf8)).event
    }

    @Test func audio() throws {
        #expect(
            try event(#"{"type":"input_audio_buffer.append","audio":"AQD//wCA"}"#) == .appendAudio([1, -1, -32768]))
        #expect(try event(#"{"type":"input_audio_buffer.append","audio":""}"#) == .appendAudio([]))
        #expect(try event(#"{"type":"input_audio_buffer.commit"}"#) == .commitAudio)
        #expect(try event(#"{"type":"input_audio_buffer.clear"}"#) == .clearAudio)
    }

    @Test func items() throws {
        let create = try event(
            #"""
            {"type":"conversation.item.create","previous_item_id":"root","item":{"id":"mine","type":"message",
             "role":"user","content":[{"type":"input_text","text":"你好"},
             {"type":"input_audio","audio":"AQACAA==","transcript":"hi"}]}}
            """#)
        let item = ConversationItem(
            id: "mine", role: .user, status: .completed,
            content: [.text("你好"), .speech(.init(samples: [1, 2], transcript: "hi"))])
        #expect(create == .createItem(item, after: "root"))
        #expect(
            try event(
                #"{"type":"conversation.item.truncate","item_id":"a","content_index":0,"audio_end_ms":1500.0}"#)
                == .truncateItem(id: "a", audioEndMs: 1500))
        #expect(try event(#"{"type":"conversation.item.delete","item_id":"a"}"#) == .deleteItem(id: "a"))
        #expect(try event(#"{"type":"conversation.item.retrieve","item_id":"a"}"#) == .retrieveItem(id: "a"))
    }

    @Test func responses() throws {
        #expect(try event(#"{"type":"response.create"}"#) == .createResponse(.init()))
        #expect(
            try event(
                #"""
                {"type":"response.create","response":{"instructions":"be brief","metadata":{"a":"b"},
                 "conversation":"auto","output_modalities":["audio"],"audio":{"output":{"voice":{"id":"rms"}}}}}
                """#)
                == .createResponse(
                    .init(instructions: "be brief", voice: "rms", output: .speech, metadata: ["a": "b"])))
        #expect(try event(#"{"type":"response.cancel"}"#) == .cancelResponse(id: nil))
        #expect(try event(#"{"type":"response.cancel","response_id":"r"}"#) == .cancelResponse(id: "r"))
        #expect(try event(#"{"type":"video.position","frame":17}"#) == .videoPosition(frame: 17))
        #expect(try event(#"{"type":"video.report","skew_ms":[-3.5,4]}"#) == .videoReport(skewMs: [-3.5, 4]))
    }

    @Test func sessionUpdateSaysOnlyWhatItChanges() throws {
        let update = SessionUpdate(
            instructions: "",
            audio: .init(
                input: .init(
                    format: .pcm, turnDetection: .serverVAD(.init(threshold: 0.7, interruptResponse: false)),
                    transcription: .init(settings: .init(model: "x"))),
                output: .init(voice: "rms")),
            video: .binary)
        #expect(
            try event(
                #"""
                {"type":"session.update","session":{"type":"realtime","instructions":"","model":"ignored",
                 "audio":{"input":{"format":{"type":"audio/pcm","rate":24000},"transcription":{"model":"x"},
                 "turn_detection":{"type":"server_vad","threshold":0.7,"interrupt_response":false}},
                 "output":{"voice":"rms","speed":1.0}},"video":{"transport":"binary"}}}
                """#) == .updateSession(update))
        #expect(
            try event(#"{"type":"session.update","session":{"audio":{"input":{"turn_detection":null}}}}"#)
                == .updateSession(.init(audio: .init(input: .init(turnDetection: .off)))))
        #expect(try event(#"{"type":"session.update","session":{}}"#) == .updateSession(.init()))
    }

    @Test func eventIDIsKept() throws {
        let message = try ClientMessage.parse(Array(#"{"type":"response.cancel","event_id":"mine"}"#.utf8))
        #expect(message.eventID == "mine")
    }

    /// A message, and the code and the field that its error must name.
    struct Bad: CustomTestStringConvertible {
        var json: String
        var code: EventError.Code
        var param: String?
        var testDescription: String { String(json.prefix(120)) }

        init(_ json: String, _ code: EventError.Code, _ param: String? = nil) {
            self.json = json
            self.code = code
            self.param = param
        }
    }

    static let bad = [
        Bad("", .invalidJSON),
        Bad("hello", .invalidJSON),
        Bad(#"{"type":"response.create""#, .invalidJSON),
        Bad(#"["response.create"]"#, .invalidJSON),
        Bad("null", .invalidJSON),
        Bad(#""response.create""#, .invalidJSON),
        Bad(String(repeating: "[", count: 100_000), .invalidJSON),
        Bad("{}", .missingField, "type"),
        Bad(#"{"type":3}"#, .invalidValue, "type"),
        Bad(#"{"type":null}"#, .invalidValue, "type"),
        Bad(#"{"type":"response.fly"}"#, .unknownEvent, "type"),
        Bad(#"{"type":"response.create","event_id":7}"#, .invalidValue, "event_id"),
        Bad(#"{"type":"response.create","event_id":"\#(letters(513))"}"#, .invalidValue, "event_id"),
        Bad(#"{"type":"input_audio_buffer.append"}"#, .missingField, "audio"),
        Bad(#"{"type":"input_audio_buffer.append","audio":7}"#, .invalidValue, "audio"),
        Bad(#"{"type":"input_audio_buffer.append","audio":null}"#, .invalidValue, "audio"),
        Bad(#"{"type":"input_audio_buffer.append","audio":"Hello, avatar"}"#, .invalidBase64, "audio"),
        Bad(#"{"type":"input_audio_buffer.append","audio":"AAA"}"#, .invalidBase64, "audio"),
        Bad(#"{"type":"input_audio_buffer.append","audio":"AA=A"}"#, .invalidBase64, "audio"),
        Bad(#"{"type":"input_audio_buffer.append","audio":"===="}"#, .invalidBase64, "audio"),
        Bad(#"{"type":"input_audio_buffer.append","audio":"AAAA"}"#, .oddPCM, "audio"),
        Bad(#"{"type":"session.update"}"#, .missingField, "session"),
        Bad(#"{"type":"session.update","session":[]}"#, .invalidValue, "session"),
        Bad(#"{"type":"session.update","session":{"type":"transcription"}}"#, .unsupported, "session.type"),
        Bad(
            #"{"type":"session.update","session":{"output_modalities":["audio","text"]}}"#, .unsupported,
            "session.output_modalities"),
        Bad(
            #"{"type":"session.update","session":{"instructions":5}}"#, .invalidValue, "session.instructions"),
        Bad(
            #"{"type":"session.update","session":{"audio":{"input":{"format":{"type":"audio/opus"}}}}}"#, .unsupported,
            "session.audio.input.format.type"),
        Bad(
            #"{"type":"session.update","session":{"audio":{"output":{"format":{"type":"audio/pcm","rate":8000}}}}}"#,
            .unsupported, "session.audio.output.format.rate"),
        Bad(
            #"{"type":"session.update","session":{"audio":{"output":{"voice":5}}}}"#, .invalidValue,
            "session.audio.output.voice"),
        Bad(
            #"{"type":"session.update","session":{"audio":{"output":{"speed":1.5}}}}"#, .unsupported,
            "session.audio.output.speed"),
        Bad(
            #"{"type":"session.update","session":{"audio":{"input":{"turn_detection":{"threshold":0.5}}}}}"#,
            .missingField, "session.audio.input.turn_detection.type"),
        Bad(
            #"{"type":"session.update","session":{"audio":{"input":{"turn_detection":{"type":"any_vad"}}}}}"#,
            .unsupported, "session.audio.input.turn_detection.type"),
        Bad(
            #"{"type":"session.update","session":{"instructions":"\#(letters(100_001))"}}"#, .invalidValue,
            "session.instructions"),
        Bad(
            turnDetection(#""threshold":0"#), .invalidValue, "session.audio.input.turn_detection.threshold"),
        Bad(
            turnDetection(#""threshold":1.5"#), .invalidValue, "session.audio.input.turn_detection.threshold"),
        Bad(
            turnDetection(#""threshold":"high""#), .invalidValue, "session.audio.input.turn_detection.threshold"),
        Bad(
            turnDetection(#""prefix_padding_ms":-1"#), .invalidValue,
            "session.audio.input.turn_detection.prefix_padding_ms"),
        Bad(
            turnDetection(#""silence_duration_ms":0"#), .invalidValue,
            "session.audio.input.turn_detection.silence_duration_ms"),
        Bad(
            turnDetection(#""silence_duration_ms":500.5"#), .invalidValue,
            "session.audio.input.turn_detection.silence_duration_ms"),
        Bad(
            turnDetection(#""create_response":1"#), .invalidValue,
            "session.audio.input.turn_detection.create_response"),
        Bad(
            turnDetection(#""idle_timeout_ms":6000"#), .unsupported,
            "session.audio.input.turn_detection.idle_timeout_ms"),
        Bad(
            #"{"type":"session.update","session":{"video":{"transport":"pigeon"}}}"#, .unsupported,
            "session.video.transport"),
        Bad(#"{"type":"conversation.item.create"}"#, .missingField, "item"),
        Bad(#"{"type":"conversation.item.create","item":{"type":"mcp_call"}}"#, .unsupported, "item.type"),
        Bad(
            #"{"type":"conversation.item.create","item":{"type":"function_call_output","output":""}}"#,
            .missingField, "item.call_id"),
        Bad(#"{"type":"conversation.item.create","item":{"type":"message"}}"#, .missingField, "item.role"),
        Bad(
            #"{"type":"conversation.item.create","item":{"type":"message","role":"king","content":[]}}"#, .unsupported,
            "item.role"),
        Bad(
            #"{"type":"conversation.item.create","item":{"type":"message","role":"user"}}"#, .missingField,
            "item.content"),
        Bad(
            #"{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[]}}"#,
            .invalidValue, "item.content"),
        Bad(item(#"{"text":"hi"}"#), .missingField, "item.content[0].type"),
        Bad(item(#"{"type":"input_text"}"#), .missingField, "item.content[0].text"),
        Bad(
            item(#"{"type":"input_text","text":"hi"},{"type":"input_audio"}"#), .missingField, "item.content[1].audio"),
        Bad(item(#"{"type":"input_audio","audio":"!!!!"}"#), .invalidBase64, "item.content[0].audio"),
        Bad(item(#"{"type":"input_audio","audio":"AA=="}"#), .oddPCM, "item.content[0].audio"),
        Bad(item(#"{"type":"input_image","image_url":"data:"}"#), .unsupported, "item.content[0].type"),
        Bad(
            item(#"{"type":"input_text","text":"\#(letters(100_001))"}"#), .invalidValue, "item.content[0].text"),
        Bad(
            item(
                #"{"type":"input_text","text":"\#(letters(60_000))"},"#
                    + #"{"type":"input_audio","audio":"","transcript":"\#(letters(40_001))"}"#),
            .invalidValue, "item.content[1].transcript"),
        Bad(
            item(Array(repeating: #"{"type":"input_text","text":""}"#, count: 101).joined(separator: ",")),
            .invalidValue, "item.content"),
        Bad(#"{"type":"conversation.item.truncate","content_index":0,"audio_end_ms":1}"#, .missingField, "item_id"),
        Bad(
            #"{"type":"conversation.item.truncate","item_id":"a","content_index":1,"audio_end_ms":1}"#, .invalidValue,
            "content_index"),
        Bad(
            #"{"type":"conversation.item.truncate","item_id":"a","content_index":0,"audio_end_ms":-1}"#, .invalidValue,
            "audio_end_ms"),
        Bad(
            #"{"type":"conversation.item.truncate","item_id":"a","content_index":0,"audio_end_ms":1e300}"#,
            .invalidValue, "audio_end_ms"),
        Bad(#"{"type":"conversation.item.delete"}"#, .missingField, "item_id"),
        Bad(#"{"type":"conversation.item.retrieve","item_id":[]}"#, .invalidValue, "item_id"),
        Bad(#"{"type":"response.create","response":7}"#, .invalidValue, "response"),
        Bad(
            #"{"type":"response.create","response":{"conversation":"x"}}"#, .unsupported, "response.conversation"),
        Bad(#"{"type":"response.create","response":{"input":[{}]}}"#, .missingField, "response.input[0].type"),
        Bad(
            #"{"type":"response.create","response":{"input":[{"type":"item_reference"}]}}"#, .missingField,
            "response.input[0].id"),
        Bad(
            #"{"type":"response.create","response":{"tools":[{"type":"mcp"}]}}"#, .unsupported,
            "response.tools[0].type"),
        Bad(
            #"{"type":"response.create","response":{"tools":[{"type":"function"}]}}"#, .missingField,
            "response.tools[0].name"),
        Bad(
            #"{"type":"response.create","response":{"tool_choice":"maybe"}}"#, .invalidValue, "response.tool_choice"),
        Bad(
            #"{"type":"response.create","response":{"max_output_tokens":0}}"#, .invalidValue,
            "response.max_output_tokens"),
        Bad(
            #"{"type":"session.update","session":{"max_output_tokens":"many"}}"#, .invalidValue,
            "session.max_output_tokens"),
        Bad(#"{"type":"response.create","response":{"metadata":{"a":1}}}"#, .invalidValue, "response.metadata.a"),
        Bad(
            #"{"type":"response.create","response":{"instructions":"\#(letters(100_001))"}}"#, .invalidValue,
            "response.instructions"),
        Bad(metadata((0..<17).map { #""\#($0)":"""# }.joined(separator: ",")), .invalidValue, "response.metadata"),
        Bad(metadata(#""\#(letters(65))":"""#), .invalidValue, "response.metadata"),
        Bad(metadata(#""\#(letters(1000))":1"#), .invalidValue, "response.metadata"),
        Bad(metadata(#""a":"\#(letters(513))""#), .invalidValue, "response.metadata.a"),
        Bad(#"{"type":"response.cancel","response_id":1}"#, .invalidValue, "response_id"),
        Bad(#"{"type":"video.report"}"#, .missingField, "skew_ms"),
        Bad(#"{"type":"video.report","skew_ms":4}"#, .invalidValue, "skew_ms"),
        Bad(#"{"type":"video.report","skew_ms":[1,"late"]}"#, .invalidValue, "skew_ms[1]"),
        Bad(#"{"type":"video.report","skew_ms":[0,0,-10000.5]}"#, .invalidValue, "skew_ms[2]"),
        Bad(
            #"{"type":"video.report","skew_ms":[\#(Array(repeating: "1", count: 251).joined(separator: ","))]}"#,
            .invalidValue, "skew_ms"),
        Bad(#"{"type":"video.position"}"#, .missingField, "frame"),
        Bad(#"{"type":"video.position","frame":-1}"#, .invalidValue, "frame"),
        Bad(#"{"type":"video.position","frame":99999999999999999999}"#, .invalidValue, "frame"),
    ]

    private static func letters(_ count: Int) -> String { String(repeating: "a", count: count) }

    private static func metadata(_ pairs: String) -> String {
        #"{"type":"response.create","response":{"metadata":{\#(pairs)}}}"#
    }

    private static func turnDetection(_ field: String) -> String {
        #"{"type":"session.update","session":{"audio":{"input":{"turn_detection":{"type":"server_vad",\#(field)}}}}}"#
    }

    private static func item(_ content: String) -> String {
        #"{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[\#(content)]}}"#
    }

    @Test(arguments: bad)
    func badEventIsNamed(_ bad: Bad) throws {
        let error = try #require(throws: ClientMessageError.self) { try ClientMessage.parse(Array(bad.json.utf8)) }
        #expect(error.error.code == bad.code)
        #expect(error.error.param == bad.param)
        // Names the field, and does not echo what may be megabytes.
        if let param = bad.param { #expect(error.error.message.contains(param) || bad.code == .unknownEvent) }
        #expect(error.error.message.count < 400)
    }

    @Test(arguments: [
        (#"{"type":"session.update","session":{"instructions":5}}"#, "expected a string, found a number."),
        (#"{"type":"input_audio_buffer.append","audio":null}"#, "expected a string, found null."),
        (#"{"type":"input_audio_buffer.append","audio":true}"#, "expected a string, found true or false."),
        (
            #"{"type":"session.update","session":{"audio":{"input":{"format":{"type":"audio/pcm","rate":16000}}}}}"#,
            "rate is “16000”; this server supports only 24000 for audio/pcm."
        ),
    ])
    func whatWasFoundIsSaidInWords(json: String, words: String) throws {
        let error = try #require(throws: ClientMessageError.self) { try ClientMessage.parse(Array(json.utf8)) }
        #expect(error.error.message.hasSuffix(words), "\(error.error.message)")
    }

    @Test func asMuchAsTheLimitsSayIsTaken() throws {
        let (a, b) = (Self.letters(60_000), Self.letters(40_000))
        let parts =
            #"{"id":"mine","type":"message","role":"user","content":[{"type":"input_text","text":"\#(a)"},"#
            + #"{"type":"input_text","text":"\#(b)"}]}"#
        let item = ConversationItem(id: "mine", role: .user, status: .completed, content: [.text(a), .text(b)])
        #expect(
            try event(#"{"type":"conversation.item.create","item":\#(parts)}"#) == .createItem(item, after: nil))
        let pairs = (10..<26).map { (Self.letters(62) + "\($0)", Self.letters(512)) }
        let metadata = pairs.map { #""\#($0)":"\#($1)""# }.joined(separator: ",")
        #expect(
            try event(Self.metadata(metadata))
                == .createResponse(.init(metadata: Dictionary(uniqueKeysWithValues: pairs))))
        #expect(
            try event(#"{"type":"response.create","response":{"metadata":null}}"#) == .createResponse(.init()))
        #expect(
            try ClientMessage.parse(Array(#"{"type":"response.cancel","event_id":"\#(Self.letters(512))"}"#.utf8))
                .eventID == Self.letters(512))
    }

    @Test func nameThatIsTooLongIsNotGivenBack() throws {
        let json = #"{"event_id":"\#(Self.letters(100_000))","type":"response.cancel"}"#
        let error = try #require(throws: ClientMessageError.self) { try ClientMessage.parse(Array(json.utf8)) }
        #expect(error.error.param == "event_id" && error.eventID == nil)
    }

    @Test func errorKnowsWhoAsked() throws {
        let json = #"{"event_id":"mine","type":"input_audio_buffer.append","audio":"AAAA"}"#
        let error = try #require(throws: ClientMessageError.self) { try ClientMessage.parse(Array(json.utf8)) }
        #expect(error.eventID == "mine")
    }

    @Test func invalidUTF8() throws {
        let bytes = Array(#"{"type":"response."#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
        let error = try #require(throws: ClientMessageError.self) { try ClientMessage.parse(bytes) }
        #expect(error.error.code == .invalidUTF8)
    }

    @Test func messagesSayWhatWasFoundAndExpected() throws {
        func message(_ json: String) throws -> String {
            try #require(throws: ClientMessageError.self) { try ClientMessage.parse(Array(json.utf8)) }.error.message
        }
        #expect(
            try message(Self.turnDetection(#""threshold":1.5"#))
                == "session.audio.input.turn_detection.threshold is 1.5; it must be a number from 0.01 to 1.0.")
        #expect(
            try message(#"{"type":"video.position","frame":"x"}"#)
                == "frame has the wrong type: expected a number, found a string.")
        #expect(
            try message(#"{"type":"input_audio_buffer.append","audio":"AAAA"}"#)
                == "audio has 3 bytes of sound; 16-bit samples take an even number. "
                + "Keep the last byte and send it with the next piece.")
    }

    @Test func randomBytesNeverCrash() {
        var random = SeededGenerator(seed: 7)
        let seeds = Self.bad.map { Array($0.json.utf8) }.filter { !$0.isEmpty && $0.count < 1000 }
        for _ in 0..<5000 {
            guard var bytes = seeds.randomElement(using: &random) else { return }
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = try? ClientMessage.parse(bytes)
            _ = try? BinaryMessage.sound(in: bytes)
        }
    }
}
