internal import Audio
internal import Foundation
internal import Responders

/// One client's session: the conversation as an upstream has it. It reads typed text aloud, and tells for how long it
/// has heard someone.
///
/// It holds clients to the protocol as OpenAI does: names that do not exist, an empty buffer, a second answer at the
/// same time are errors.
struct StandInSession {
    typealias JSON = [String: Any]

    /// An item, as far as a test wants to know it.
    struct Item: Equatable {
        var id: String
        var kind: String
        var text: String
        /// Samples of speech.
        var samples = 0
    }

    /// What is to be done.
    enum Action {
        case send(JSON)
        /// Give an answer that says, writes or calls this.
        case answer(Answer)
        case stopAnswering
    }

    /// An answer to be given.
    struct Answer: Sendable {
        var responseID: String
        var itemID: String
        var text: String
        var isSpoken: Bool
        /// A function to call instead.
        var function: String?
        var isInConversation: Bool
    }

    private(set) var items: [Item] = []
    private(set) var active: Answer?
    private let isBeta: Bool
    private var buffer = 0
    private var names = 0
    private var tools: [String] = []
    private var isSpoken = true

    init(isBeta: Bool) { self.isBeta = isBeta }

    /// What a client is greeted with.
    var greeting: JSON { event("session.created", ["session": ["type": "realtime", "id": "sess_standin"]]) }

    mutating func take(_ message: JSON) -> [Action] {
        let type = message["type"] as? String ?? ""
        do {
            return try act(on: type, message)
        } catch {
            var problem: JSON = ["type": "invalid_request_error", "code": error.code, "message": error.message]
            problem["event_id"] = message["event_id"]
            return [.send(event("error", ["error": problem]))]
        }
    }

    private struct Problem: Error {
        var code: String
        var message: String
    }

    private mutating func act(on type: String, _ message: JSON) throws(Problem) -> [Action] {
        switch type {
        case "session.update":
            let session = message["session"] as? JSON ?? [:]
            tools = (session["tools"] as? [JSON] ?? []).compactMap { $0["name"] as? String }
            let modalities = session[isBeta ? "modalities" : "output_modalities"] as? [String]
            isSpoken = modalities.map { $0.contains("audio") } ?? isSpoken
            return [.send(event("session.updated", ["session": session]))]
        case "input_audio_buffer.append":
            buffer += samples(in: message["audio"])
            return []
        case "input_audio_buffer.clear":
            buffer = 0
            return [.send(event("input_audio_buffer.cleared"))]
        case "input_audio_buffer.commit": return try commit()
        case "conversation.item.create": return try create(message)
        case "conversation.item.delete":
            let index = try index(message)
            let item = items.remove(at: index)
            return [.send(event("conversation.item.deleted", ["item_id": item.id]))]
        case "conversation.item.truncate": return try truncate(message)
        case "response.create": return try answer(message["response"] as? JSON ?? [:])
        case "response.cancel":
            guard active != nil else {
                throw Problem(code: "response_cancel_not_active", message: "Nothing to cancel.")
            }
            return [.stopAnswering] + finish("cancelled")
        default: throw Problem(code: "unknown_event", message: "There is no event \(type).")
        }
    }

    // MARK: Items

    private mutating func commit() throws(Problem) -> [Action] {
        guard SpeechFormat.milliseconds(ofSample: buffer) >= 100 else {
            throw Problem(code: "input_audio_buffer_commit_empty", message: "The buffer has less than 100 ms of sound.")
        }
        let text = "I spoke for \(SpeechFormat.milliseconds(ofSample: buffer)) milliseconds."
        let item = Item(id: name("item"), kind: "user", text: text, samples: buffer)
        buffer = 0
        items.append(item)
        return [
            .send(event("input_audio_buffer.committed", ["item_id": item.id])), .send(added(item)),
            .send(
                event(
                    "conversation.item.input_audio_transcription.delta",
                    ["item_id": item.id, "content_index": 0, "delta": "I spoke "])),
            .send(
                event(
                    "conversation.item.input_audio_transcription.completed",
                    ["item_id": item.id, "content_index": 0, "transcript": text])),
        ]
    }

    private mutating func create(_ message: JSON) throws(Problem) -> [Action] {
        guard let object = message["item"] as? JSON else {
            throw Problem(code: "missing", message: "There is no item.")
        }
        let id = object["id"] as? String ?? name("item")
        guard !items.contains(where: { $0.id == id }), id.utf8.count <= 32 else {
            throw Problem(code: "invalid_id", message: "The id \(id) is taken, or longer than 32 characters.")
        }
        var position = items.count
        if let previous = message["previous_item_id"] as? String {
            position = previous == "root" ? 0 : try index(["item_id": previous]) + 1
        }
        let part = (object["content"] as? [JSON])?.first
        let text = part?["text"] as? String ?? object["output"] as? String ?? object["name"] as? String ?? ""
        let item = Item(
            id: id, kind: object["role"] as? String ?? object["type"] as? String ?? "", text: text,
            samples: samples(in: part?["audio"]))
        items.insert(item, at: position)
        return [.send(added(item))]
    }

    private mutating func truncate(_ message: JSON) throws(Problem) -> [Action] {
        let index = try index(message)
        let end = message["audio_end_ms"] as? Int ?? 0
        guard SpeechFormat.samples(inMilliseconds: end) <= items[index].samples else {
            let found = SpeechFormat.milliseconds(ofSample: items[index].samples)
            throw Problem(code: "invalid_value", message: "The item has only \(found) ms of sound.")
        }
        items[index].samples = SpeechFormat.samples(inMilliseconds: end)
        let fields: JSON = ["item_id": items[index].id, "content_index": 0, "audio_end_ms": end]
        return [.send(event("conversation.item.truncated", fields))]
    }

    private func index(_ message: JSON) throws(Problem) -> Int {
        let id = message["item_id"] as? String ?? ""
        guard let index = items.firstIndex(where: { $0.id == id }) else {
            throw Problem(code: "item_not_found", message: "There is no item \(id).")
        }
        return index
    }

    private func samples(in audio: Any?) -> Int {
        ((audio as? String).flatMap { Data(base64Encoded: $0) }?.count ?? 0) / 2
    }

    // MARK: Answers

    private mutating func answer(_ parameters: JSON) throws(Problem) -> [Action] {
        guard active == nil else {
            throw Problem(code: "conversation_already_has_active_response", message: "An answer is being given.")
        }
        let input = parameters["input"] as? [JSON]
        let given = (input?.last?["content"] as? [JSON])?.first?["text"] as? String
        guard let text = given ?? items.last(where: { $0.kind != "assistant" })?.text else {
            throw Problem(code: "nothing_to_answer", message: "There is nothing to answer.")
        }
        let modalities = parameters[isBeta ? "modalities" : "output_modalities"] as? [String]
        let answer = Answer(
            responseID: name("resp"), itemID: name("item"), text: text,
            isSpoken: modalities.map { $0.contains("audio") } ?? isSpoken,
            function: tools.first { text.contains($0) && items.last?.kind != "function_call_output" },
            isInConversation: parameters["conversation"] as? String != "none")
        active = answer
        return [
            .send(event("response.created", ["response": ["id": answer.responseID, "status": "in_progress"]])),
            .send(
                event(
                    "rate_limits.updated",
                    ["rate_limits": [["name": "requests", "limit": 100, "remaining": 99, "reset_seconds": 0.6]]])),
            .answer(answer),
        ]
    }

    /// The answer begins: its item is there.
    mutating func begin() -> [Action] {
        guard let active else { return [] }
        if active.isInConversation {
            let kind = active.function == nil ? "assistant" : "function_call"
            items.append(Item(id: active.itemID, kind: kind, text: active.function ?? ""))
        }
        return [.send(event("response.output_item.added", output(active)))]
    }

    /// More of the answer.
    mutating func give(_ piece: ResponsePiece) -> [Action] {
        guard let active else { return [] }
        let place: JSON = [
            "response_id": active.responseID, "item_id": active.itemID, "output_index": 0, "content_index": 0,
        ]
        let index = items.firstIndex { $0.id == active.itemID }
        switch piece {
        case .transcript(let words):
            if let index { items[index].text += words }
            let spoken = isBeta ? "response.audio_transcript.delta" : "response.output_audio_transcript.delta"
            let written = isBeta ? "response.text.delta" : "response.output_text.delta"
            let type = active.isSpoken ? spoken : written
            return [.send(event(type, place.merging(["delta": words]) { $1 }))]
        case .speech(let samples):
            if let index { items[index].samples += samples.count }
            let sound = samples.withUnsafeBytes { Data($0).base64EncodedString() }
            let type = isBeta ? "response.audio.delta" : "response.output_audio.delta"
            return [.send(event(type, place.merging(["delta": sound]) { $1 }))]
        default: return []
        }
    }

    /// The answer ends.
    mutating func finish(_ status: String) -> [Action] {
        guard let active else { return [] }
        self.active = nil
        var response: JSON = [
            "id": active.responseID, "status": status,
            "usage": [
                "input_tokens": 12, "output_tokens": 34, "total_tokens": 46,
                "input_token_details": ["cached_tokens": 5],
            ],
        ]
        if status == "failed" {
            response["status_details"] = [
                "type": "failed", "error": ["code": "server_error", "message": "The model is ill."],
            ]
        }
        let deltas = active.function == nil ? [] : Self.arguments
        let arguments = deltas.map { delta in
            let place: JSON = ["response_id": active.responseID, "item_id": active.itemID, "output_index": 0]
            let more: JSON = ["call_id": "call_\(active.itemID)", "delta": delta]
            return Action.send(event("response.function_call_arguments.delta", place.merging(more) { $1 }))
        }
        return arguments + [
            .send(event("response.output_item.done", output(active))),
            .send(event("response.done", ["response": response])),
        ]
    }

    /// What every function is called with, in the pieces in which it comes.
    private static let arguments = [#"{"place":"#, #""Köln"}"#]

    private func output(_ answer: Answer) -> JSON {
        var item: JSON = ["id": answer.itemID, "type": "message", "role": "assistant", "content": [JSON]()]
        if let function = answer.function {
            item = [
                "id": answer.itemID, "type": "function_call", "call_id": "call_\(answer.itemID)", "name": function,
                "arguments": Self.arguments.joined(),
            ]
        }
        return ["response_id": answer.responseID, "output_index": 0, "item": item]
    }

    // MARK: -

    private func added(_ item: Item) -> JSON {
        event(
            isBeta ? "conversation.item.created" : "conversation.item.added",
            ["item": ["id": item.id, "type": item.kind]])
    }

    private func event(_ type: String, _ fields: JSON = [:]) -> JSON {
        fields.merging(["type": type, "event_id": "event_standin"]) { $1 }
    }

    private mutating func name(_ kind: String) -> String {
        names += 1
        return "\(kind)_upstream_\(names)"
    }
}
