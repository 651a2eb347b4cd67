internal import Foundation
internal import JSON
internal import NIOCore

/// A request in JSON with the fields that the settings add; of fields with the same name, theirs win.
struct RequestBody<Fields: Encodable>: Encodable {
    private let fields: Fields
    private let extra: [String: JSONValue]

    init(_ fields: Fields, extra: [String: JSONValue]) {
        self.fields = fields
        self.extra = extra
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        try fields.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        for (name, value) in extra { try container.encode(value, forKey: Key(stringValue: name)) }
    }

    /// As it is sent.
    func bytes() throws -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return ByteBuffer(bytes: try encoder.encode(self))
    }
}
