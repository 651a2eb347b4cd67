import Foundation

/// A small text file in which the system answers, as /proc and control groups have them.
struct SystemFile {
    let path: String
    let text: String

    /// A file with a known text.
    init(_ path: String, text: String) {
        self.path = path
        self.text = text
    }

    /// Reads a file; nil if there is none.
    /// - Throws: ``HardwareError/unreadable(file:reason:)``.
    init?(ifThere path: String) throws(HardwareError) {
        // A group that has just ended answers “no such device”.
        guard let file = fopen(path, "re") else {
            if [ENOENT, ENOTDIR, ENODEV].contains(errno) { return nil }
            throw .unreadable(file: path, reason: String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            if count == 0 { break }
            bytes += piece[..<count]
        }
        if ferror(file) != 0 {
            if errno == ENODEV { return nil }
            throw .unreadable(file: path, reason: String(cString: strerror(errno)))
        }
        self.init(path, text: String(decoding: bytes, as: UTF8.self))
    }

    /// Reads a file that every system has.
    /// - Throws: ``HardwareError/unreadable(file:reason:)``.
    init(_ path: String) throws(HardwareError) {
        guard let file = try SystemFile(ifThere: path) else {
            throw .unreadable(file: path, reason: "there is no such file")
        }
        self = file
    }

    /// The lines, each as its words.
    var lines: [[Substring]] {
        text.split(separator: "\n").map { $0.split { $0 == " " || $0 == "\t" } }
    }

    /// The number in the line that begins with a word.
    /// - Throws: ``HardwareError/nonsense(source:found:expected:)``.
    func number(after word: String) throws(HardwareError) -> UInt64 {
        guard let line = lines.first(where: { $0.first == word[...] }) else {
            throw .nonsense(source: path, found: "nothing of `\(word)`", expected: "a number after it")
        }
        return try number(at: 1, of: line)
    }

    /// A number of a line.
    /// - Throws: ``HardwareError/nonsense(source:found:expected:)``.
    func number(at index: Int, of line: [Substring]) throws(HardwareError) -> UInt64 {
        guard line.indices.contains(index), let number = UInt64(line[index]) else {
            throw .nonsense(
                source: path, found: "“\(line.joined(separator: " "))”", expected: "a number as word \(index + 1)")
        }
        return number
    }
}
