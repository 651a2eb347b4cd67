extension ConversationItem: Decodable {
    private enum CodingKeys: String, CodingKey {
        case type, id, role, content
    }

    private enum ContentKeys: String, CodingKey {
        case type, text, audio, transcript
    }

    /// The longest id that a client may give, in bytes.
    private static let longestID = 64
    /// The longest text of one part, in bytes of UTF-8: two hours of reading aloud.
    private static let longestText = 100_000

    /// Reads the item of `conversation.item.create`: a message of the user, the system or, as text, the assistant.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let type = try container.decode(String.self, forKey: .type)
        guard type == "message" else { throw container.unsupported(.type, found: type, supported: "message") }
        let roleName = try container.decode(String.self, forKey: .role)
        guard let role = Role(rawValue: roleName) else {
            throw container.unsupported(.role, found: roleName, supported: "user, assistant or system")
        }
        let id = try container.decodeIfPresent(String.self, forKey: .id) ?? Identifier.item()
        guard (1...Self.longestID).contains(id.utf8.count) else {
            throw EventError(
                code: .invalidValue,
                message: "item.id has \(id.utf8.count) bytes; it must have 1 to \(Self.longestID). "
                    + "Leave it out to have one made.",
                param: "item.id")
        }
        var list = try container.nestedUnkeyedContainer(forKey: .content)
        var content: [Content] = []
        while !list.isAtEnd {
            content.append(try Self.content(list.nestedContainer(keyedBy: ContentKeys.self), role: role))
        }
        guard !content.isEmpty else {
            throw EventError(
                code: .invalidValue, message: "item.content is empty; it must have at least one part.",
                param: "item.content")
        }
        self.init(id: id, role: role, status: .completed, content: content)
    }

    private static func content(_ part: KeyedDecodingContainer<ContentKeys>, role: Role) throws -> Content {
        let type = try part.decode(String.self, forKey: .type)
        switch (role, type) {
        case (.user, "input_text"), (.system, "input_text"), (.assistant, "output_text"):
            return .text(try text(part, .text))
        case (.user, "input_audio"):
            let hasTranscript = try part.contains(.transcript) && !part.decodeNil(forKey: .transcript)
            return .speech(
                Speech(
                    samples: try part.decodePCM(forKey: .audio),
                    transcript: hasTranscript ? try text(part, .transcript) : nil))
        default:
            let supported =
                switch role {
                case .user: "input_text and input_audio"
                case .system: "input_text"
                case .assistant: "output_text"
                }
            throw part.unsupported(.type, found: type, supported: "\(supported) from the \(role.rawValue)")
        }
    }

    private static func text(_ part: KeyedDecodingContainer<ContentKeys>, _ key: ContentKeys) throws -> String {
        let text = try part.decode(String.self, forKey: key)
        guard text.utf8.count <= longestText else {
            throw EventError(
                code: .invalidValue,
                message: "\(part.path(key)) has \(text.utf8.count) bytes; it must have at most \(longestText). "
                    + "Split it into several items.",
                param: part.path(key))
        }
        return text
    }
}
