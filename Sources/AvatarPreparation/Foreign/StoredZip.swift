import FFmpeg
import Foundation

/// A ZIP archive whose files are stored and not compressed, as `torch.save` writes them.
///
/// Source: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.7 (local header), 4.3.12 (directory), 4.3.14 to 4.3.16 (its end).
struct StoredZip: Sendable {
    /// A file in the archive.
    private struct Entry {
        var size: Int
        var checksum: UInt32
        /// Where its local header begins.
        var header: Int
    }

    private let data: Data
    private var entries: [String: Entry] = [:]

    /// True if `data` begins as an archive does.
    static func begins(_ data: Data) -> Bool { data.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

    /// Reads the directory of an archive.
    /// - Parameter data: the whole archive; its indices start at 0.
    /// - Throws: ``StoredZipError``.
    init(_ data: Data) throws(StoredZipError) {
        self.data = data
        do {
            try readDirectory()
        } catch let error as StoredZipError {
            throw error
        } catch {
            throw .damaged(reason: "its directory breaks off")
        }
    }

    /// The names of all files in it.
    var names: some Collection<String> { entries.keys }

    /// The contents of a file, after its checksum was compared.
    /// - Throws: ``StoredZipError``.
    func contents(of name: String) throws(StoredZipError) -> Data {
        guard let entry = entries[name] else { throw .missing(name: name) }
        // The local header repeats the name, but may have other extra fields than the directory has.
        guard var header = cursor(at: entry.header, count: Self.localHeaderSize),
            (try? header.integer(UInt32.self)) == 0x0403_4B50, (try? header.skip(22)) != nil,
            let nameLength = try? header.integer(UInt16.self), let extraLength = try? header.integer(UInt16.self)
        else { throw .damaged(reason: "\(name) has no header") }
        let start = entry.header + Self.localHeaderSize + Int(nameLength) + Int(extraLength)
        guard start <= data.count, entry.size <= data.count - start else {
            throw .damaged(reason: "\(name) reaches beyond the end of the file")
        }
        let contents = data[start..<(start + entry.size)]
        guard CRC32.checksum(of: contents) == entry.checksum else {
            throw .damaged(reason: "the checksum of \(name) is wrong")
        }
        return contents
    }

    private static let localHeaderSize = 30

    private mutating func readDirectory() throws {
        let directory = try findDirectory()
        guard var cursor = cursor(at: directory.start, count: directory.size) else {
            throw StoredZipError.damaged(reason: "its directory reaches beyond the end of the file")
        }
        for _ in 0..<directory.count {
            guard try cursor.integer(UInt32.self) == 0x0201_4B50 else {
                throw StoredZipError.damaged(reason: "its directory is no directory")
            }
            try cursor.skip(4)
            let flags = try cursor.integer(UInt16.self)
            let method = try cursor.integer(UInt16.self)
            try cursor.skip(4)
            let checksum = try cursor.integer(UInt32.self)
            let stored = try cursor.integer(UInt32.self)
            let size = try cursor.integer(UInt32.self)
            let nameLength = try cursor.integer(UInt16.self)
            let extraLength = try cursor.integer(UInt16.self)
            let commentLength = try cursor.integer(UInt16.self)
            try cursor.skip(8)
            let header = try cursor.integer(UInt32.self)
            let name = String(decoding: try cursor.read(Int(nameLength)), as: UTF8.self)
            var extra = ByteCursor(Array(try cursor.read(Int(extraLength))))
            try cursor.skip(Int(commentLength))
            guard method == 0, flags & 1 == 0 else { throw StoredZipError.notStored(name: name) }
            let large = try Self.large(&extra, size: size, stored: stored, header: header)
            entries[name] = Entry(size: large.size, checksum: checksum, header: large.header)
        }
    }

    /// Sizes and offsets of 2³² and more are in an extra field (4.5.3).
    private static func large(
        _ extra: inout ByteCursor, size: UInt32, stored: UInt32, header: UInt32
    ) throws -> (size: Int, header: Int) {
        var (largeSize, largeHeader) = (Int(size), Int(header))
        while extra.remaining >= 4 {
            let id = try extra.integer(UInt16.self)
            var field = ByteCursor(Array(try extra.read(Int(extra.integer(UInt16.self)))))
            guard id == 1 else { continue }
            if size == .max { largeSize = try whole(field.integer(UInt64.self)) }
            if stored == .max { try field.skip(8) }
            if header == .max { largeHeader = try whole(field.integer(UInt64.self)) }
        }
        return (largeSize, largeHeader)
    }

    private static func whole(_ number: UInt64) throws(StoredZipError) -> Int {
        guard number < 1 << 48 else { throw .damaged(reason: "a size of 2⁴⁸ bytes and more") }
        return Int(number)
    }

    private func findDirectory() throws -> (start: Int, size: Int, count: Int) {
        // The end record has 22 bytes and a comment of up to 65,535.
        let tail = Array(data.suffix(22 + 65_535))
        let signature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
        let position = stride(from: tail.count - 22, through: 0, by: -1).first { tail[$0...].starts(with: signature) }
        guard let position else { throw StoredZipError.truncated }
        var end = ByteCursor(tail, at: position + 10)
        let count = try end.integer(UInt16.self)
        let size = try end.integer(UInt32.self)
        let start = try end.integer(UInt32.self)
        guard count == .max || size == .max || start == .max else { return (Int(start), Int(size), Int(count)) }

        var locator = ByteCursor(tail, at: max(0, position - 20))
        guard position >= 20, try locator.integer(UInt32.self) == 0x0706_4B50 else {
            return (Int(start), Int(size), Int(count))
        }
        try locator.skip(4)
        guard var large = cursor(at: try Self.whole(locator.integer(UInt64.self)), count: 56),
            try large.integer(UInt32.self) == 0x0606_4B50
        else { throw StoredZipError.damaged(reason: "its directory is no directory") }
        try large.skip(28)
        let largeCount = try Self.whole(large.integer(UInt64.self))
        let largeSize = try Self.whole(large.integer(UInt64.self))
        return (try Self.whole(large.integer(UInt64.self)), largeSize, largeCount)
    }

    private func cursor(at start: Int, count: Int) -> ByteCursor? {
        guard start >= 0, start <= data.count, count <= data.count - start else { return nil }
        return ByteCursor(Array(data[start..<(start + count)]))
    }
}

/// Why an archive cannot be read.
public enum StoredZipError: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is no directory at its end.
    case truncated
    /// What is in it contradicts itself.
    case damaged(reason: String)
    /// A file in it is compressed or encrypted.
    case notStored(name: String)
    /// A file is not in it.
    case missing(name: String)

    /// What was found, and what was expected.
    public var description: String {
        switch self {
        case .truncated: "has no ZIP directory at its end, so it breaks off; copy the file again"
        case .damaged(let reason): "is a damaged ZIP archive: \(reason); copy the file again"
        case .notStored(let name):
            "has a compressed or encrypted \"\(name)\"; expected an archive as torch.save writes it, not compressed"
        case .missing(let name): "has no \"\(name)\"; expected a file that torch.save wrote"
        }
    }
}
