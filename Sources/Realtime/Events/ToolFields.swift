internal import JSON
internal import Responders

/// `tools` of a session or a response.
struct ToolList: Decodable, Sendable, Equatable {
    /// The most functions that a client may offer.
    private static let limit = 128
    /// The most that a function may bring: name, description and schema together, in bytes.
    private static let longestTool = 100_000

    private enum CodingKeys: String, CodingKey {
        case type, name, description, parameters
    }

    var tools: [Tool] = []

    init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        while !list.isAtEnd {
            guard tools.count < Self.limit else {
                let path = decoder.codingPath.jsonPath
                throw EventError(
                    code: .invalidValue, message: "\(path) has more than \(Self.limit) functions. Offer fewer.",
                    param: path)
            }
            tools.append(try Self.tool(list.nestedContainer(keyedBy: CodingKeys.self)))
        }
    }

    private static func tool(_ fields: KeyedDecodingContainer<CodingKeys>) throws -> Tool {
        let type = try fields.decode(String.self, forKey: .type)
        guard type == ToolObject.type else {
            throw fields.unsupported(.type, found: type, supported: ToolObject.type)
        }
        let parameters = try fields.decodeIfPresent(JSONValue.self, forKey: .parameters) ?? .object([:])
        let tool = Tool(
            name: try fields.decode(String.self, forKey: .name),
            description: try fields.decodeIfPresent(String.self, forKey: .description) ?? "",
            parameters: String(decoding: parameters.json, as: UTF8.self))
        let size = tool.name.utf8.count + tool.description.utf8.count + tool.parameters.utf8.count
        guard !tool.name.isEmpty, size <= longestTool else {
            throw EventError(
                code: .invalidValue,
                message: "\(fields.path(.name)) is \(tool.name.quotedForMessage), of \(size) bytes with all that "
                    + "belongs to it; a function has a name, and at most \(longestTool) bytes.",
                param: fields.path(.name))
        }
        return tool
    }
}

/// A function as its client sees it.
struct ToolObject: Encodable, Sendable {
    static let type = "function"

    private let type = ToolObject.type
    private let name: String
    private let description: String
    private let parameters: JSONValue

    init(_ tool: Tool) {
        name = tool.name
        description = tool.description
        parameters = JSONValue(json: tool.parameters.utf8) ?? .object([:])
    }
}

/// `tool_choice`: a word, or the function that must be called.
struct ToolChoiceField: Codable, Sendable, Equatable {
    private enum CodingKeys: String, CodingKey {
        case type, name
    }

    var choice: ToolChoice

    init(_ choice: ToolChoice) { self.choice = choice }

    init(from decoder: any Decoder) throws {
        if let word = try? decoder.singleValueContainer().decode(String.self) {
            switch word {
            case "auto": choice = .auto
            case "none": choice = .none
            case "required": choice = .required
            default:
                let path = decoder.codingPath.jsonPath
                throw EventError(
                    code: .invalidValue,
                    message: "\(path) is \(word.quotedForMessage); it must be auto, none, required, "
                        + "or an object that names a function.",
                    param: path)
            }
        } else {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            let type = try fields.decode(String.self, forKey: .type)
            guard type == ToolObject.type else {
                throw fields.unsupported(.type, found: type, supported: ToolObject.type)
            }
            choice = .function(name: try fields.decode(String.self, forKey: .name))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var word = encoder.singleValueContainer()
        switch choice {
        case .auto: try word.encode("auto")
        case .none: try word.encode("none")
        case .required: try word.encode("required")
        case .function(let name):
            try word.encode(["type": ToolObject.type, "name": name])
        }
    }
}

/// `max_output_tokens`: a number, or `inf`.
struct TokenLimit: Codable, Sendable, Equatable {
    /// nil for no limit.
    var tokens: Int?

    init(_ tokens: Int?) { self.tokens = tokens }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let word = try? value.decode(String.self), word == "inf" { return }
        let path = decoder.codingPath.jsonPath
        guard let number = try? value.decode(Double.self), let tokens = Int(exactly: number),
            (1...1_000_000).contains(tokens)
        else {
            throw EventError(
                code: .invalidValue, message: "\(path) must be an integer from 1 to 1000000, or inf.", param: path)
        }
        self.tokens = tokens
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        if let tokens { try value.encode(tokens) } else { try value.encode("inf") }
    }
}
