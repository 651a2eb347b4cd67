internal import Foundation
internal import Responders

/// Puts together what a language model streams: text as it comes, function calls once they are whole.
struct StreamedCompletion {
    private struct Chunk: Decodable {
        struct Choice: Decodable {
            struct Delta: Decodable {
                struct Call: Decodable {
                    struct Function: Decodable {
                        let name: String?
                        let arguments: String?
                    }
                    let index: Int?
                    let id: String?
                    let function: Function?
                }
                let content: String?
                let toolCalls: [Call]?

                enum CodingKeys: String, CodingKey {
                    case content
                    case toolCalls = "tool_calls"
                }
            }
            let delta: Delta?
        }
        struct Usage: Decodable {
            struct Details: Decodable {
                let cachedTokens: Int?

                enum CodingKeys: String, CodingKey { case cachedTokens = "cached_tokens" }
            }
            let promptTokens: Int?
            let completionTokens: Int?
            let details: Details?

            enum CodingKeys: String, CodingKey {
                case promptTokens = "prompt_tokens"
                case completionTokens = "completion_tokens"
                case details = "prompt_tokens_details"
            }
        }
        struct Problem: Decodable { let message: String? }
        let choices: [Choice]?
        let usage: Usage?
        let error: Problem?
    }

    /// Whether there was anything that looked like an answer.
    private(set) var hasBegun = false
    private var calls: [(index: Int, call: FunctionCall)] = []

    /// Takes the data of an event.
    mutating func take(_ data: String) throws(MalformedAnswer) -> [LanguageModelOutput] {
        if data == "[DONE]" { return [] }
        guard let chunk = try? JSONDecoder().decode(Chunk.self, from: Data(data.utf8)) else {
            throw MalformedAnswer(reason: "expected an event in JSON, found \(data.prefix(80))")
        }
        if let error = chunk.error { throw MalformedAnswer(reason: error.message ?? String(data.prefix(200))) }
        guard chunk.choices != nil || chunk.usage != nil else { return [] }
        hasBegun = true
        var output: [LanguageModelOutput] = []
        if let delta = chunk.choices?.first?.delta {
            if let text = delta.content, !text.isEmpty { output.append(.text(text)) }
            for part in delta.toolCalls ?? [] { append(part) }
        }
        if let usage = chunk.usage {
            output.append(
                .usage(
                    TokenUsage(
                        inputTokens: usage.promptTokens ?? 0, cachedTokens: usage.details?.cachedTokens ?? 0,
                        outputTokens: usage.completionTokens ?? 0)))
        }
        return output
    }

    /// The answer is complete: the calls in it.
    func finish() -> [LanguageModelOutput] {
        calls.map { index, call in
            var call = call
            // Ollama's first versions named no call; the output has to name one.
            if call.callID.isEmpty { call.callID = "call_\(index)_\(UInt32.random(in: .min ... .max))" }
            if call.arguments.isEmpty { call.arguments = "{}" }
            return .functionCall(call)
        }
    }

    /// A part of a call: the first has its name, those that follow have more of its arguments.
    private mutating func append(_ part: Chunk.Choice.Delta.Call) {
        let index = part.index ?? calls.count
        if !calls.contains(where: { $0.index == index }) {
            calls.append((index, FunctionCall(callID: "", name: "", arguments: "")))
        }
        guard let position = calls.firstIndex(where: { $0.index == index }) else { return }
        if let id = part.id, !id.isEmpty { calls[position].call.callID = id }
        calls[position].call.name += part.function?.name ?? ""
        calls[position].call.arguments += part.function?.arguments ?? ""
    }
}
