import Foundation

/// A JSON value, to look into events with.
enum JSON: Sendable, Equatable, ExpressibleByStringLiteral {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    init(stringLiteral value: String) { self = .string(value) }

    /// Reads JSON; `null` if it is none.
    ///
    /// Not `Decodable`: finding out what a value is takes thrown errors there, of which the test library notes each.
    init(_ bytes: [UInt8]) {
        self.init((try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) as Any)
    }

    private init(_ value: Any) {
        self =
            switch value {
            case let value as String: .string(value)
            case let value as [String: Any]: .object(value.mapValues { JSON($0) })
            case let value as [Any]: .array(value.map { JSON($0) })
            case let value as NSNumber:
                String(cString: value.objCType) == "c" ? .bool(value.boolValue) : .number(value.doubleValue)
            default: .null
            }
    }

    subscript(key: String) -> JSON {
        if case .object(let fields) = self { fields[key] ?? .null } else { .null }
    }

    subscript(index: Int) -> JSON {
        if case .array(let values) = self, values.indices.contains(index) { values[index] } else { .null }
    }

    /// True if the field is there, `null` or not.
    func has(_ key: String) -> Bool {
        if case .object(let fields) = self { fields[key] != nil } else { false }
    }

    var string: String? { if case .string(let value) = self { value } else { nil } }
    var int: Int? { if case .number(let value) = self { Int(value) } else { nil } }
    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    var count: Int { if case .array(let values) = self { values.count } else { 0 } }
}
