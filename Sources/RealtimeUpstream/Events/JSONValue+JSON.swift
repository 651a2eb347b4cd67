internal import Foundation
public import Settings

/// JSON as it is written in a literal, or came from somebody else.
extension JSONValue {
    /// Reads JSON text; nil if it is none.
    init?(json: String) {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(json.utf8)) else { return nil }
        self = value
    }

    /// An object of those members that are not nil.
    static func members(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(members.reduce(into: [:]) { object, member in object[member.key] = member.value })
    }

    /// PCM16, little-endian, in base64.
    static func audio(_ samples: [Int16]) -> JSONValue {
        .text(samples.map(\.littleEndian).withUnsafeBytes { Data($0).base64EncodedString() })
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// A list.
    public init(arrayLiteral elements: JSONValue...) { self = .list(elements) }
    /// An object.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements) { $1 })
    }
}
