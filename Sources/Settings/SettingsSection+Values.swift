public import Foundation
public import JSON
internal import Yams

/// Values, each nil where it is missing, and an error where it is not what is expected.
extension SettingsSection {
    /// A text that is not empty.
    public mutating func text(_ key: String) throws(SettingsError) -> String? {
        guard let node = node(key) else { return nil }
        guard let text = node.scalar?.string, !text.isEmpty else {
            throw unexpected(key, expected: "a text that is not empty")
        }
        return text
    }

    /// A list of texts; a single one may be written without a list.
    public mutating func texts(_ key: String) throws(SettingsError) -> [String]? {
        guard let node = node(key) else { return nil }
        if let text = node.scalar?.string, !text.isEmpty { return [text] }
        let texts = node.sequence?.compactMap { $0.scalar?.string }.filter { !$0.isEmpty } ?? []
        guard !texts.isEmpty, texts.count == node.sequence?.count else {
            throw unexpected(key, expected: "a list of texts, none of them empty")
        }
        return texts
    }

    /// Texts by name, such as headers; empty if missing.
    public mutating func textsByName(_ key: String) throws(SettingsError) -> [String: String] {
        guard var section = try section(key) else { return [:] }
        var texts: [String: String] = [:]
        for key in section.keys { texts[key] = try section.text(key) }
        return texts
    }

    /// A number in a range.
    public mutating func number<Number: LosslessStringConvertible & Comparable>(
        _ key: String, in range: ClosedRange<Number>
    ) throws(SettingsError) -> Number? {
        guard let node = node(key) else { return nil }
        guard let number = node.scalar.flatMap({ Number($0.string) }), range.contains(number) else {
            let kind = Number.self is any BinaryInteger.Type ? "a whole number" : "a number"
            throw unexpected(key, expected: "\(kind) from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A time in seconds.
    public mutating func seconds(
        _ key: String, in range: ClosedRange<Double>
    ) throws(SettingsError) -> Duration? {
        try number(key, in: range).map { .seconds($0) }
    }

    /// `true` or `false`.
    public mutating func flag(_ key: String) throws(SettingsError) -> Bool? {
        guard let node = node(key) else { return nil }
        guard let flag = node.scalar.flatMap({ Bool($0.string) }) else {
            throw unexpected(key, expected: "true or false")
        }
        return flag
    }

    /// One of several words.
    public mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, of type: Choice.Type = Choice.self
    ) throws(SettingsError) -> Choice? {
        guard let node = node(key) else { return nil }
        guard let choice = node.scalar.flatMap({ Choice(rawValue: $0.string) }) else {
            throw unexpected(key, expected: "one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    /// The address of a service.
    /// - Parameter schemes: such as `http` and `https`.
    public mutating func url(_ key: String, schemes: [String]) throws(SettingsError) -> URL? {
        guard let node = node(key) else { return nil }
        guard let url = node.scalar.flatMap({ URL(string: $0.string) }),
            schemes.contains(url.scheme ?? ""), url.host?.isEmpty == false
        else {
            let starts = schemes.map { "\($0)://" }.joined(separator: " or ")
            throw unexpected(key, expected: "an address that starts with \(starts)")
        }
        return url
    }

    /// A file or folder that exists; its path is absolute, or relative to the folder of the settings file.
    public mutating func file(_ key: String) throws(SettingsError) -> URL? {
        guard let text = try text(key) else { return nil }
        let url = URL(filePath: text, relativeTo: file.deletingLastPathComponent()).absoluteURL
        guard FileManager.default.fileExists(atPath: url.path) else {
            throw unexpected(key, expected: "the path of something that exists (\(url.path) does not)")
        }
        return url
    }

    /// The key to a service, from the environment variable `api_key_env` or the file `api_key_file`; nil if neither is
    /// named. There is no setting for the key itself: settings files are shown around, and kept in git.
    public mutating func apiKey() throws(SettingsError) -> APIKey? {
        let variable = try text("api_key_env")
        let file = try self.file("api_key_file")
        guard variable == nil || file == nil else {
            throw .contradiction("\(source(of: "api_key_file")): `\(name)` names both api_key_env and api_key_file.")
        }
        if let variable {
            guard let key = environment[variable].flatMap(Self.key) else {
                throw unexpected("api_key_env", expected: "the name of an environment variable that holds the key")
            }
            return key
        }
        guard let file else { return nil }
        guard let key = (try? String(contentsOf: file, encoding: .utf8)).flatMap(Self.key) else {
            throw unexpected("api_key_file", expected: "the path of a file that holds the key and nothing else")
        }
        return key
    }

    /// A key goes into a header: one line of visible ASCII.
    private static func key(_ text: String) -> APIKey? {
        let key = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !key.isEmpty, key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        return APIKey(key)
    }

    /// A section of any shape, for fields that are passed on to a service as they are; empty if missing.
    public mutating func fields(_ key: String) throws(SettingsError) -> [String: JSONValue] {
        guard try section(key) != nil, let mapping = node(key)?.mapping else { return [:] }
        var fields: [String: JSONValue] = [:]
        for (name, value) in mapping { fields[name.string ?? ""] = JSONValue(value) }
        return fields
    }
}
