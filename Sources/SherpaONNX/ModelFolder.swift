import Foundation

/// The files of a folder with a model, as sherpa-onnx publishes them.
struct ModelFolder {
    let path: String
    /// The names of its files, sorted.
    let names: [String]

    init(_ path: String) {
        self.path = path
        names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    /// The path of a file by its exact name, if it is there.
    func file(_ name: String) -> String? { names.contains(name) ? "\(path)/\(name)" : nil }

    /// The graph with `part` in its name. Of several the one with 8-bit weights, which is the fastest on a processor.
    func graph(_ part: String, endings: [String] = [".onnx"]) -> String? {
        let found = names.filter { name in name.contains(part) && endings.contains { name.hasSuffix($0) } }
        return (found.first { $0.contains("int8") } ?? found.first).map { "\(path)/\($0)" }
    }

    /// The list of tokens: `tokens.txt`, or one behind the model's name.
    var tokens: String? {
        file("tokens.txt") ?? names.first { $0.hasSuffix("tokens.txt") }.map { "\(path)/\($0)" }
    }

    /// The only graphs that it has, apart from those whose names say that they are something else.
    func graphs(without parts: [String] = []) -> [String] {
        names.filter { name in name.hasSuffix(".onnx") && !parts.contains { name.contains($0) } }
            .map { "\(path)/\($0)" }
    }

    /// All files with this ending, separated by commas, as the library takes lists.
    func list(_ ending: String) -> String? {
        let found = names.filter { $0.hasSuffix(ending) }.map { "\(path)/\($0)" }
        return found.isEmpty ? nil : found.joined(separator: ",")
    }

    /// Its list of tokens, and which family of models it belongs to.
    /// - Parameter family: finds that out; nil if it is none that is known.
    func model<Family>(
        _ family: (ModelFolder) -> Family?, expected: String
    ) throws(SherpaError) -> (tokens: String, family: Family) {
        guard let tokens, let family = family(self) else {
            throw .unknownLayout(folder: path, found: Array(names.prefix(12)), expected: expected)
        }
        return (tokens, family)
    }
}

/// What a graph says of itself: the list of keys and values at the end of an ONNX file.
struct GraphMetadata {
    private let tail: Data

    /// Reads the end of a graph's file.
    init(_ path: String) {
        let file = FileHandle(forReadingAtPath: path)
        let size = (try? file?.seekToEnd()) ?? 0
        try? file?.seek(toOffset: size > Self.reach ? size - Self.reach : 0)
        tail = (try? file?.readToEnd()) ?? Data()
    }

    /// Metadata is some kilobytes, but for lists of tokens.
    private static let reach: UInt64 = 1 << 20

    /// The value of a key, if it is short; as protobuf writes it: tag, length, key, tag, length, value.
    subscript(key: String) -> String? {
        let entry = Data([0x0A, UInt8(key.utf8.count)]) + Data(key.utf8) + Data([0x12])
        guard let found = tail.range(of: entry, options: .backwards), found.upperBound < tail.endIndex
        else { return nil }
        let length = Int(tail[found.upperBound])
        let start = found.upperBound + 1
        guard length < 0x80, start + length <= tail.endIndex else { return nil }
        return String(bytes: tail[start..<(start + length)], encoding: .utf8)
    }
}
