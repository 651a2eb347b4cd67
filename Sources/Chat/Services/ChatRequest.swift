internal import Foundation
internal import JSON
internal import Responders

/// What a language model is asked: the conversation, as `/chat/completions` wants it.
struct ChatRequest: Encodable {
    struct Message: Encodable, Equatable {
        struct Call: Encodable, Equatable {
            struct Function: Encodable, Equatable {
                let name: String
                let arguments: String
            }
            let id: String
            var type = "function"
            let function: Function
        }
        let role: String
        var content: String?
        var calls: [Call]?
        var callID: String?

        enum CodingKeys: String, CodingKey {
            case role, content
            case calls = "tool_calls"
            case callID = "tool_call_id"
        }
    }

    private struct Function: Encodable {
        struct Definition: Encodable {
            let name: String
            let description: String
            let parameters: JSONValue
        }
        var type = "function"
        let function: Definition
    }

    private enum Choice: Encodable {
        case word(String)
        case function(String)

        private struct Named: Encodable {
            struct Name: Encodable { let name: String }
            var type = "function"
            let function: Name
        }

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .word(let word): try word.encode(to: encoder)
            case .function(let name): try Named(function: .init(name: name)).encode(to: encoder)
            }
        }
    }

    private struct StreamOptions: Encodable {
        let includeUsage = true

        enum CodingKeys: String, CodingKey { case includeUsage = "include_usage" }
    }

    private let model: String
    let messages: [Message]
    private let stream = true
    private let streamOptions = StreamOptions()
    private let temperature: Double?
    private var maxTokens: Int?
    private var maxCompletionTokens: Int?
    private var tools: [Function]?
    private var toolChoice: Choice?

    enum CodingKeys: String, CodingKey {
        case model, messages, stream, temperature, tools
        case streamOptions = "stream_options"
        case maxTokens = "max_tokens"
        case maxCompletionTokens = "max_completion_tokens"
        case toolChoice = "tool_choice"
    }

    init(_ conversation: Conversation, _ settings: LanguageModelSettings) {
        model = settings.service.model
        temperature = settings.temperature
        messages = Self.messages(of: conversation, settings.instructions)
        let limit = conversation.maximumTokens ?? settings.maximumTokens
        // OpenAI's own models refuse the older name, and servers of others know no newer one.
        if settings.service.baseURL.host?.hasSuffix("openai.com") == true {
            maxCompletionTokens = limit
        } else {
            maxTokens = limit
        }
        guard !conversation.tools.isEmpty else { return }
        tools = conversation.tools.map { tool in
            Function(
                function: .init(
                    name: tool.name, description: tool.description,
                    parameters: JSONValue(json: tool.parameters.utf8) ?? .object([:])))
        }
        toolChoice =
            switch conversation.toolChoice {
            case .auto: .word("auto")
            case .none: .word("none")
            case .required: .word("required")
            case .function(let name): .function(name)
            }
    }

    private static func messages(of conversation: Conversation, _ instructions: String) -> [Message] {
        var messages: [Message] = []
        let told = conversation.instructions.isEmpty ? instructions : conversation.instructions
        if !told.isEmpty { messages.append(Message(role: "system", content: told)) }
        // A call without its output, and an output without its call, would be refused.
        var called: Set<String> = []
        var returned: Set<String> = []
        for entry in conversation.entries {
            switch entry {
            case .functionCall(let call): called.insert(call.callID)
            case .functionOutput(let output): returned.insert(output.callID)
            case .turn: break
            }
        }
        for entry in conversation.entries {
            switch entry {
            case .turn(let turn):
                guard !turn.text.isEmpty else { break }
                messages.append(Message(role: turn.speaker.role, content: turn.text))
            case .functionCall(let call):
                guard returned.contains(call.callID) else { break }
                let asked = Message.Call(
                    id: call.callID, function: .init(name: call.name, arguments: call.arguments))
                if let last = messages.indices.last, messages[last].calls != nil {
                    messages[last].calls?.append(asked)
                } else {
                    messages.append(Message(role: "assistant", calls: [asked]))
                }
            case .functionOutput(let output):
                guard called.contains(output.callID) else { break }
                messages.append(Message(role: "tool", content: output.output, callID: output.callID))
            }
        }
        return messages
    }
}

extension Turn.Speaker {
    fileprivate var role: String {
        switch self {
        case .user: "user"
        case .assistant: "assistant"
        case .system: "system"
        }
    }
}
