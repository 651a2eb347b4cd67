import Foundation
import Yams

/// A mapping of a YAML file, read key by key. Every error names the file, the line, the key, and what was expected.
struct Fields {
    /// The file, for messages.
    let file: String
    /// Where in the file: `gpus[2]`; empty at its top.
    let path: String
    private let mapping: Node.Mapping
    private let line: Int

    /// The top of a file.
    init(of file: URL) throws(PlanningError) {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { throw .unreadable(file: file.path) }
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw .notYAML(file: file.path, reason: "\(error)")
        }
        guard let root, let mapping = root.mapping else {
            throw .notYAML(file: file.path, reason: "it is no mapping of keys to values")
        }
        self.init(file: file.path, path: "", mapping: mapping, line: root.mark?.line ?? 1)
    }

    private init(file: String, path: String, mapping: Node.Mapping, line: Int) {
        self.file = file
        self.path = path
        self.mapping = mapping
        self.line = line
    }

    /// Refuses keys that nobody reads: a misspelt one would be ignored.
    func allow(_ keys: [String]) throws(PlanningError) {
        for key in mapping.keys {
            let name = key.string ?? "?"
            guard keys.contains(name) else {
                throw .figure(
                    file: file, line: key.mark?.line ?? line, key: self.name(of: name), found: "unknown",
                    expected: "one of \(keys.joined(separator: ", "))")
            }
        }
    }

    /// A number within a range.
    func number(_ key: String, in range: ClosedRange<Double>) throws(PlanningError) -> Double {
        let expected = "a number from \(Self.short(range.lowerBound)) to \(Self.short(range.upperBound))"
        guard let node = mapping[key] else { throw missing(key, expected) }
        guard let number = node.float, range.contains(number) else { throw wrong(key, node, expected) }
        return number
    }

    /// A whole number within a range.
    func integer(_ key: String, in range: ClosedRange<Int>) throws(PlanningError) -> Int {
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let node = mapping[key] else { throw missing(key, expected) }
        guard let number = node.int, range.contains(number) else { throw wrong(key, node, expected) }
        return number
    }

    /// A text that is not empty.
    func text(_ key: String) throws(PlanningError) -> String {
        guard let node = mapping[key] else { throw missing(key, "a text") }
        guard let text = node.scalar?.string, !text.isEmpty else { throw wrong(key, node, "a text") }
        return text
    }

    /// Whether there is such a key.
    func has(_ key: String) -> Bool { mapping[key] != nil }

    /// A mapping in this one.
    func fields(_ key: String) throws(PlanningError) -> Fields {
        guard let node = mapping[key] else { throw missing(key, "keys with values") }
        guard let inner = node.mapping else { throw wrong(key, node, "keys with values") }
        return Fields(file: file, path: name(of: key), mapping: inner, line: node.mark?.line ?? line)
    }

    /// The mappings of a list; at least one.
    func list(_ key: String) throws(PlanningError) -> [Fields] {
        guard let node = mapping[key] else { throw missing(key, "a list") }
        guard let items = node.sequence, !items.isEmpty else { throw wrong(key, node, "a list that is not empty") }
        var list: [Fields] = []
        for (index, item) in items.enumerated() {
            let path = "\(name(of: key))[\(index)]"
            let line = item.mark?.line ?? line
            guard let inner = item.mapping else {
                throw .figure(file: file, line: line, key: path, found: "a value", expected: "keys with values")
            }
            list.append(Fields(file: file, path: path, mapping: inner, line: line))
        }
        return list
    }

    /// The names of the keys, in their order.
    var keys: [String] { mapping.keys.compactMap(\.string) }

    /// An error about a value that was read.
    func unexpected(_ key: String, _ found: String, expected: String) -> PlanningError {
        .figure(
            file: file, line: mapping[key]?.mark?.line ?? line, key: name(of: key), found: found, expected: expected)
    }

    private func missing(_ key: String, _ expected: String) -> PlanningError {
        .figure(file: file, line: line, key: name(of: key), found: "missing", expected: expected)
    }

    private func wrong(_ key: String, _ node: Node, _ expected: String) -> PlanningError {
        let found = node.scalar.map { "“\($0.string)”" } ?? (node.sequence == nil ? "keys with values" : "a list")
        return .figure(
            file: file, line: node.mark?.line ?? line, key: name(of: key), found: found, expected: expected)
    }

    private func name(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private static func short(_ bound: Double) -> String {
        bound == bound.rounded() ? "\(Int(bound))" : "\(bound)"
    }
}
