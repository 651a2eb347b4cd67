internal import JSON
internal import Yams

extension JSONValue {
    /// What YAML says, by its own rules of what is a number.
    init(_ node: Node) {
        if let mapping = node.mapping {
            self = .object(
                Dictionary(mapping.map { ($0.key.string ?? "", JSONValue($0.value)) }) { _, last in last })
        } else if let sequence = node.sequence {
            self = .list(sequence.map { JSONValue($0) })
        } else if node.null != nil {
            self = .null
        } else if let integer = node.int {
            self = .integer(integer)
        } else if let number = node.float, number.isFinite {
            self = .number(number)
        } else if let flag = node.bool {
            self = .flag(flag)
        } else {
            self = .text(node.string ?? "")
        }
    }
}
