internal import Foundation
internal import Responders

/// Puts together what a language model streams: text and the arguments of function calls as they come, and, once they
/// are whole, the calls.
struct StreamedCompletion {
    fileprivate struct Call {
        let index: Int
        var call = FunctionCall(callID: "", name: "", arguments: "")
        /// True once it has been told of: it keeps its name then.
        var hasBegun = false
    }

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
    private var calls: [Call] = []

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
            for part in delta.toolCalls ?? [] { output += append(part) }
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
        calls.map { call in
            var call = call
            call.nameIfNeeded()
            if call.call.arguments.isEmpty { call.call.arguments = "{}" }
            return .functionCall(call.call)
        }
    }

    /// A part of a call: the first has its name, those that follow have more of its arguments.
    private mutating func append(_ part: Chunk.Choice.Delta.Call) -> [LanguageModelOutput] {
        let index = part.index ?? calls.count
        if !calls.contains(where: { $0.index == index }) {
            calls.append(Call(index: index))
        }
        guard let position = calls.firstIndex(where: { $0.index == index }) else { return [] }
        return calls[position].append(id: part.id, name: part.function?.name, part.function?.arguments ?? "")
    }
}

extension StreamedCompletion.Call {
    fileprivate mutating func append(id: String?, name: String?, _ arguments: String) -> [LanguageModelOutput] {
        if !hasBegun {
            if let id, !id.isEmpty { call.callID = id }
            call.name += name ?? ""
        }
        call.arguments += arguments
        guard !arguments.isEmpty, !call.name.isEmpty else { return [] }
        if hasBegun { return [.functionCallArguments(callID: call.callID, delta: arguments)] }
        hasBegun = true
        nameIfNeeded()
        return [
            .functionCallStarted(callID: call.callID, name: call.name),
            .functionCallArguments(callID: call.callID, delta: call.arguments),
        ]
    }

    /// Ollama's first versions named no call; the output has to name one.
    fileprivate mutating func nameIfNeeded() {
        if call.callID.isEmpty { call.callID = "call_\(index)_\(UInt32.random(in: .min ... .max))" }
    }
}
