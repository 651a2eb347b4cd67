internal import Responders

/// What a client may say of one response; nil where the session's settings hold.
struct ResponseParameters: Sendable, Equatable {
    /// One of the items that are answered instead of the conversation.
    enum Input: Sendable, Equatable {
        case item(ConversationItem)
        /// An item of the conversation.
        case reference(id: String)
    }

    var instructions: String?
    var voice: String?
    var format: AudioFormat?
    var output: Conversation.Output?
    var tools: [Tool]?
    var toolChoice: ToolChoice?
    var tokenLimit: TokenLimit?
    var metadata: [String: String]?
    /// What to answer; nil for the conversation.
    var input: [Input]?
    /// True if the answer does not become part of the conversation.
    var isOutOfBand = false
}

extension ResponseParameters: Decodable {
    private enum CodingKeys: String, CodingKey {
        case instructions, audio, metadata, conversation, input, tools
        case toolChoice = "tool_choice"
        case outputModalities = "output_modalities"
        case maxOutputTokens = "max_output_tokens"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        output = try container.decodeOutput(forKey: .outputModalities)
        switch try container.decodeIfPresent(String.self, forKey: .conversation) {
        case nil, "auto": break
        case "none": isOutOfBand = true
        case let other?: throw container.unsupported(.conversation, found: other, supported: "auto and none")
        }
        input = try container.decodeIfPresent([Input].self, forKey: .input)
        if let input, input.count > ConversationHistory.itemLimit {
            throw EventError(
                code: .invalidValue,
                message: "\(container.path(.input)) has \(input.count) items; "
                    + "it may have at most \(ConversationHistory.itemLimit).",
                param: container.path(.input))
        }
        instructions = try container.decodeInstructions(forKey: .instructions)
        metadata = try container.decodeMetadata(forKey: .metadata)
        let sound = try container.decodeIfPresent(AudioUpdate.self, forKey: .audio)?.output
        voice = sound?.voice
        format = sound?.format
        tools = try container.decodeIfPresent(ToolList.self, forKey: .tools)?.tools
        toolChoice = try container.decodeIfPresent(ToolChoiceField.self, forKey: .toolChoice)?.choice
        tokenLimit = try container.decodeIfPresent(TokenLimit.self, forKey: .maxOutputTokens)
    }
}

extension ResponseParameters.Input: Decodable {
    private enum CodingKeys: String, CodingKey {
        case type, id
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if try container.decode(String.self, forKey: .type) == "item_reference" {
            self = .reference(id: try container.decode(String.self, forKey: .id))
        } else {
            self = .item(try ConversationItem(from: decoder))
        }
    }
}
