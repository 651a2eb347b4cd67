public import Foundation
internal import Yams

/// A part of a settings file: names with values, and the line where each stands.
///
/// Whoever reads it asks for the values by name, then calls ``finish()``: what nobody asked for is an error, because
/// it is misspelled more often than it is superfluous.
public struct SettingsSection {
    /// Its names from the outside in, joined by dots, e.g. `responders.chat`; empty for a whole file.
    public let name: String
    let file: URL
    let environment: [String: String]
    private let mapping: Node.Mapping
    private let line: Int
    private(set) var asked: Set<String> = []

    /// A whole YAML file.
    /// - Parameter environment: where the keys of services are looked up.
    /// - Throws: ``SettingsError`` if it cannot be read, or is not a mapping.
    public init(file: URL, environment: [String: String]) throws(SettingsError) {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { throw .unreadable(file: file.path) }
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw .notYAML(file: file.path, reason: "\(error)")
        }
        guard let mapping = root.map(Self.mapping) ?? Node.Mapping([]) else {
            throw .notYAML(file: file.path, reason: "expected are names with values, `name: value`")
        }
        self.init(name: "", file: file, environment: environment, mapping: mapping, line: 1)
    }

    private init(name: String, file: URL, environment: [String: String], mapping: Node.Mapping, line: Int) {
        self.name = name
        self.file = file
        self.environment = environment
        self.mapping = mapping
        self.line = line
    }

    /// Refuses what nobody asked for.
    public func finish() throws(SettingsError) {
        for key in keys where !asked.contains(key) {
            let nearest = Spelling.nearest(to: key, among: asked.sorted())
            throw .unknown(name: fullName(key), source: source(of: key), nearest: nearest.map(fullName))
        }
    }

    // MARK: Its parts

    /// The names in it, in the file's order.
    public var keys: [String] { mapping.keys.compactMap(\.string) }

    /// The section of this name; nil if there is none.
    public mutating func section(_ key: String) throws(SettingsError) -> SettingsSection? {
        guard let node = node(key) else { return nil }
        return try section(of: node, name: fullName(key), key: key)
    }

    /// The list of sections of this name; nil if there is none.
    public mutating func sections(_ key: String) throws(SettingsError) -> [SettingsSection]? {
        guard let node = node(key) else { return nil }
        guard let list = node.sequence else { throw unexpected(key, expected: "a list") }
        var sections: [SettingsSection] = []
        for (index, node) in list.enumerated() {
            sections.append(try section(of: node, name: "\(fullName(key))[\(index + 1)]", key: key))
        }
        return sections
    }

    private func section(of node: Node, name: String, key: String) throws(SettingsError) -> SettingsSection {
        guard let mapping = Self.mapping(of: node) else {
            throw unexpected(key, expected: "a section: names with values, further in than itself")
        }
        let line = node.mark?.line ?? line
        return SettingsSection(name: name, file: file, environment: environment, mapping: mapping, line: line)
    }

    /// A name without anything behind it is an empty section.
    private static func mapping(of node: Node) -> Node.Mapping? {
        if let mapping = node.mapping { return mapping }
        return node.scalar?.string == "" ? Node.Mapping([]) : nil
    }

    // MARK: For those who read values

    /// What stands behind a name; nil if it is missing.
    mutating func node(_ key: String) -> Node? {
        asked.insert(key)
        return mapping.first { $0.key.string == key }?.value
    }

    /// The name of a value, seen from the whole file.
    func fullName(_ key: String) -> String { name.isEmpty ? key : "\(name).\(key)" }

    /// Where a value stands: `FILE:LINE`; of one that is missing, where the section begins.
    public func source(of key: String) -> String {
        let node = mapping.first { $0.key.string == key }
        return "\(file.path):\(node?.key.mark?.line ?? node?.value.mark?.line ?? line)"
    }

    /// What to throw about a value that is not what was expected.
    public func unexpected(_ key: String, expected: String) -> SettingsError {
        let node = mapping.first { $0.key.string == key }?.value
        let found = node?.scalar?.string ?? (node?.sequence != nil ? "a list" : "a section")
        return .unexpected(name: fullName(key), source: source(of: key), found: found, expected: expected)
    }

    /// What to throw about a value that is missing: that it is, or that its name is misspelled.
    public func missing(_ key: String, expected: String) -> SettingsError {
        let unasked = keys.filter { !asked.contains($0) }
        if let misspelled = unasked.first(where: { Spelling.nearest(to: $0, among: [key]) != nil }) {
            return .unknown(name: fullName(misspelled), source: source(of: misspelled), nearest: fullName(key))
        }
        return .missing(name: fullName(key), source: source(of: key), expected: expected)
    }
}
