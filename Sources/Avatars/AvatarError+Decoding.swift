import Foundation

extension AvatarError {
    /// Names the field that could not be decoded.
    init(_ error: DecodingError, in file: URL) {
        func path(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
            let keys = context.codingPath + (last.map { [$0] } ?? [])
            return keys.reduce(into: "") { path, key in
                if let index = key.intValue {
                    path += "[\(index)]"
                } else {
                    path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
                }
            }
        }
        func words(for type: Any.Type) -> String {
            switch type {
            case is Int.Type: "a whole number"
            case is Double.Type, is Float.Type: "a number"
            case is String.Type: "a text"
            case is any Collection.Type: "a list"
            default: "an object"
            }
        }
        switch error {
        case .keyNotFound(let key, let context):
            self = .field(file: file.path, field: path(context, key), found: "missing", expected: "a value")
        case .typeMismatch(let type, let context):
            self = .field(
                file: file.path, field: path(context), found: "of another type", expected: words(for: type))
        case .valueNotFound(let type, let context):
            self = .field(file: file.path, field: path(context), found: "null", expected: words(for: type))
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            self = .field(
                file: file.path, field: path(context), found: context.debugDescription, expected: "a value that fits")
        case .dataCorrupted(let context):
            let reason = context.underlyingError.map { "\($0)" } ?? context.debugDescription
            self = .notJSON(file: file.path, reason: reason)
        @unknown default:
            self = .notJSON(file: file.path, reason: "\(error)")
        }
    }
}
