extension ConversationItem: Decodable {
    fileprivate enum CodingKeys: String, CodingKey {
        case type, id, role, content, name, arguments, output
        case callID = "call_id"
    }

    /// The longest id that a client may give, in bytes.
    private static let longestID = 64

    /// Reads the item of `conversation.item.create`: a message of the user, the system or, as text, the assistant; a
    /// function's call or its output.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let type = try container.decode(String.self, forKey: .type)
        let body: Body
        switch type {
        case "message":
            body = .message(try Message(container, sound: decoder.audioFormat))
        case "function_call":
            body = .functionCall(
                callID: try container.decodeIfPresent(String.self, forKey: .callID) ?? Identifier.call(),
                name: try container.decodeBoundedText(forKey: .name),
                arguments: try container.decodeBoundedText(forKey: .arguments))
        case "function_call_output":
            body = .functionOutput(
                callID: try container.decodeBoundedText(forKey: .callID),
                output: try container.decodeBoundedText(forKey: .output))
        default:
            throw container.unsupported(
                .type, found: type, supported: "message, function_call and function_call_output")
        }
        let id = try container.decodeIfPresent(String.self, forKey: .id) ?? Identifier.item()
        guard (1...Self.longestID).contains(id.utf8.count) else {
            let path = container.path(.id)
            throw EventError(
                code: .invalidValue,
                message: "\(path) has \(id.utf8.count) bytes; it must have 1 to \(Self.longestID). "
                    + "Leave it out to have one made.",
                param: path)
        }
        self.init(id: id, body: body)
    }
}

extension Message {
    private enum ContentKeys: String, CodingKey {
        case type, text, audio, transcript
    }

    /// The most parts of a message.
    private static let mostParts = 100
    /// The longest text of a message, all parts together, in bytes of UTF-8: two hours of reading aloud.
    static let longestText = 100_000

    fileprivate init(
        _ container: KeyedDecodingContainer<ConversationItem.CodingKeys>, sound format: AudioFormat
    ) throws {
        let roleName = try container.decode(String.self, forKey: .role)
        guard let role = Role(rawValue: roleName) else {
            throw container.unsupported(.role, found: roleName, supported: "user, assistant or system")
        }
        var list = try container.nestedUnkeyedContainer(forKey: .content)
        var content: [Content] = []
        var room = Self.longestText
        while !list.isAtEnd {
            guard content.count < Self.mostParts else {
                throw EventError(
                    code: .invalidValue,
                    message: "\(container.path(.content)) has more than \(Self.mostParts) parts. "
                        + "Split it into several items.",
                    param: container.path(.content))
            }
            let part = try list.nestedContainer(keyedBy: ContentKeys.self)
            content.append(try Self.content(part, role: role, sound: format, room: &room))
        }
        guard !content.isEmpty else {
            throw EventError(
                code: .invalidValue, message: "\(container.path(.content)) is empty; it must have at least one part.",
                param: container.path(.content))
        }
        self.init(role: role, content: content)
    }

    /// - Parameter room: how many bytes of text the item may still have.
    private static func content(
        _ part: KeyedDecodingContainer<ContentKeys>, role: Role, sound format: AudioFormat, room: inout Int
    ) throws -> Content {
        let type = try part.decode(String.self, forKey: .type)
        switch (role, type) {
        case (.user, "input_text"), (.system, "input_text"), (.assistant, "output_text"):
            return .text(try text(part, .text, room: &room))
        case (.assistant, "output_audio"):
            // Of the avatar's own speech only the words are kept.
            return .text(try text(part, .transcript, room: &room))
        case (.user, "input_audio"):
            let hasTranscript = try part.contains(.transcript) && !part.decodeNil(forKey: .transcript)
            return .speech(
                Speech(
                    samples: try format.speech(part.decodeSound(as: format, forKey: .audio)),
                    transcript: hasTranscript ? try text(part, .transcript, room: &room) : nil))
        default:
            let supported =
                switch role {
                case .user: "input_text and input_audio"
                case .system: "input_text"
                case .assistant: "output_text and output_audio"
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
