extension ConversationItem: Decodable {
    private enum CodingKeys: String, CodingKey {
        case type, id, role, content
    }

    private enum ContentKeys: String, CodingKey {
        case type, text, audio, transcript
    }

    /// The longest id that a client may give, in bytes.
    private static let longestID = 64
    /// The most parts of an item.
    private static let mostParts = 100
    /// The longest text of an item, all parts together, in bytes of UTF-8: two hours of reading aloud.
    static let longestText = 100_000

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
        var room = Self.longestText
        while !list.isAtEnd {
            guard content.count < Self.mostParts else {
                throw EventError(
                    code: .invalidValue,
                    message: "item.content has more than \(Self.mostParts) parts. Split it into several items.",
                    param: "item.content")
            }
            let part = try list.nestedContainer(keyedBy: ContentKeys.self)
            content.append(try Self.content(part, role: role, room: &room))
        }
        guard !content.isEmpty else {
            throw EventError(
                code: .invalidValue, message: "item.content is empty; it must have at least one part.",
                param: "item.content")
        }
        self.init(id: id, role: role, status: .completed, content: content)
    }

    /// - Parameter room: how many bytes of text the item may still have.
    private static func content(
        _ part: KeyedDecodingContainer<ContentKeys>, role: Role, room: inout Int
    ) throws -> Content {
        let type = try part.decode(String.self, forKey: .type)
        switch (role, type) {
        case (.user, "input_text"), (.system, "input_text"), (.assistant, "output_text"):
            return .text(try text(part, .text, room: &room))
        case (.user, "input_audio"):
            let hasTranscript = try part.contains(.transcript) && !part.decodeNil(forKey: .transcript)
            return .speech(
                Speech(
                    samples: try part.decodePCM(forKey: .audio),
                    transcript: hasTranscript ? try text(part, .transcript, room: &room) : nil))
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

    private static func text(
        _ part: KeyedDecodingContainer<ContentKeys>, _ key: ContentKeys, room: inout Int
    ) throws -> String {
        let text = try part.decode(String.self, forKey: key)
        room -= text.utf8.count
        guard room >= 0 else {
            throw EventError(
                code: .invalidValue,
                message: "With \(part.path(key)) the item has \(longestText - room) bytes of text; "
                    + "it may have at most \(longestText). Split it into several items.",
                param: part.path(key))
        }
        return text
    }
}
