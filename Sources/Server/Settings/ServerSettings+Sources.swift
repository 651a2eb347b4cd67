import Batching
import Engines
public import Foundation
import Yams

extension ServerSettings {
    /// Gathers the settings from their sources: a flag wins over the environment, that over the file, that over
    /// the default.
    /// - Parameters:
    ///   - flags: values of the command line by setting name, e.g. `port`; nil where a flag was not given.
    ///   - environment: the process's environment; `VISAVIS_…` variables count.
    ///   - file: a YAML file; nil for none.
    /// - Throws: ``SettingsError`` that names the source, the setting, what was found and what was expected.
    public init(flags: [String: String?], environment: [String: String], file: URL?) throws(SettingsError) {
        self.init()
        if let file {
            for (name, value) in try Self.values(of: file) {
                let source = "\(file.path):\(value.line)"
                if value.isList, let setting = Setting.all.first(where: { $0.name == name }), !setting.isList {
                    throw .unexpected(name: name, source: source, found: "a list", expected: setting.expected)
                }
                try set(name, to: value.text, from: source)
            }
        }
        for setting in Setting.all {
            guard let value = environment[setting.environmentName] else { continue }
            try set(setting.name, to: value, from: setting.environmentName)
        }
        for case (let name, let value?) in flags {
            try set(name, to: value, from: Setting.all.first { $0.name == name }?.flag ?? name)
        }
        do throws(BatchingError) {
            _ = try engine.batching.sizePolicy()
        } catch {
            throw .contradiction("\(error)")
        }
    }

    private mutating func set(_ name: String, to value: String, from source: String) throws(SettingsError) {
        guard let setting = Setting.all.first(where: { $0.name == name }) else {
            throw .unknown(name: name, source: source, nearest: Self.nearestName(to: name))
        }
        guard setting.store(value, &self) else {
            throw .unexpected(name: name, source: source, found: value, expected: setting.expected)
        }
    }

    private struct FileValue {
        var text: String
        var line: Int
        var isList = false
    }

    private static func values(of file: URL) throws(SettingsError) -> [(String, FileValue)] {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { throw .unreadable(file: file.path) }
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw .notYAML(file: file.path, reason: "\(error)")
        }
        var values: [(String, FileValue)] = []
        if let root { try collect(root, under: "", file: file, into: &values) }
        return values
    }

    private static func collect(
        _ node: Node, under name: String, file: URL, into values: inout [(String, FileValue)]
    ) throws(SettingsError) {
        let line = node.mark?.line ?? 0
        switch node {
        case .mapping(let mapping):
            for (key, value) in mapping {
                let key = key.scalar?.string ?? ""
                try collect(value, under: name.isEmpty ? key : "\(name).\(key)", file: file, into: &values)
            }
        case .scalar(let scalar):
            // A file of comments alone is an empty scalar at the root.
            if name.isEmpty && scalar.string.isEmpty { return }
            values.append((name, FileValue(text: scalar.string, line: line)))
        case .sequence(let sequence) where sequence.allSatisfy({ $0.scalar != nil }):
            let text = sequence.compactMap(\.scalar?.string).joined(separator: ",")
            values.append((name, FileValue(text: text, line: line, isList: true)))
        case .sequence, .alias:
            throw .unexpected(
                name: name, source: "\(file.path):\(line)", found: "a list", expected: "a single value")
        }
    }

    private static func nearestName(to name: String) -> String? {
        let leaf = name.split(separator: ".").last.map(String.init) ?? name
        let candidates = Setting.all.map(\.name).map { known in
            let knownLeaf = known.split(separator: ".").last.map(String.init) ?? known
            return (known, min(editDistance(name, known), editDistance(leaf, knownLeaf)))
        }
        return candidates.min { $0.1 < $1.1 }.flatMap { $0.1 <= max(2, leaf.count / 2) ? $0.0 : nil }
    }

    /// How many letters have to be inserted, removed or replaced (Levenshtein).
    private static func editDistance(_ first: String, _ second: String) -> Int {
        let second = Array(second)
        var row = Array(0...second.count)
        for (line, letter) in first.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for column in second.indices {
                let substitution = diagonal + (letter == second[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(substitution, row[column] + 1, diagonal + 1)
            }
        }
        return row[second.count]
    }
}
