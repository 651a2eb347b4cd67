internal import Foundation
internal import JSON

/// What events to an upstream are written with.
extension JSONValue {
    /// An object of those members that are not nil.
    static func members(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(members.reduce(into: [:]) { object, member in object[member.key] = member.value })
    }

    /// PCM16, little-endian, in base64.
    static func audio(_ samples: [Int16]) -> JSONValue {
        .text(samples.map(\.littleEndian).withUnsafeBytes { Data($0).base64EncodedString() })
    }
}
