internal import Foundation
internal import Yams

/// A value of a settings file, and where it stands.
public struct SettingsValue: Sendable {
    /// Its names from the outside in, joined by dots.
    public var name: String
    /// What stands there; the values of a list are joined by commas.
    public var text: String
    /// `FILE:LINE`.
    public var source: String
    /// Whether it was written as a list.
    public var isList: Bool
}

extension SettingsSection {
    /// All values in it and in its sections, but for those that somebody has asked for.
    /// - Throws: ``SettingsError`` if there is something else in a list than single values.
    public func rest() throws(SettingsError) -> [SettingsValue] {
        var values: [SettingsValue] = []
        for key in keys where !asked.contains(key) {
            var section = self
            if let node = section.node(key) { try collect(node, under: fullName(key), into: &values) }
        }
        return values
    }

    private func collect(
        _ node: Node, under name: String, into values: inout [SettingsValue]
    ) throws(SettingsError) {
        let source = "\(file.path):\(node.mark?.line ?? 0)"
        switch node {
        case .mapping(let mapping):
            for (key, value) in mapping { try collect(value, under: "\(name).\(key.string ?? "")", into: &values) }
        case .scalar(let scalar):
            values.append(SettingsValue(name: name, text: scalar.string, source: source, isList: false))
        case .sequence(let sequence) where sequence.allSatisfy({ $0.scalar != nil }):
            let text = sequence.compactMap(\.scalar?.string).joined(separator: ",")
            values.append(SettingsValue(name: name, text: text, source: source, isList: true))
        case .sequence, .alias:
            throw .unexpected(name: name, source: source, found: "a list", expected: "a single value")
        }
    }
}
