import FFmpeg
import Foundation

/// Archives for tests.
enum StoredZipWriter {
    /// An archive of `files`, not compressed.
    static func archive(_ files: [(name: String, contents: [UInt8])]) -> [UInt8] {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for (name, contents) in files {
            // Version, flags, method, time, date; then what local headers and the directory have in common.
            let common =
                [20, 0, 0, 0, 0, 0, 0, 0, 0, 0] + field(Int(CRC32.checksum(of: Data(contents))), 4)
                + field(contents.count, 4) + field(contents.count, 4) + field(name.utf8.count, 2) + [0, 0]
            directory += Array("PK\u{1}\u{2}".utf8) + [20, 0] + common + [UInt8](repeating: 0, count: 10)
            directory += field(bytes.count, 4) + Array(name.utf8)
            bytes += Array("PK\u{3}\u{4}".utf8) + common + Array(name.utf8) + contents
        }
        let end =
            [0, 0, 0, 0] + field(files.count, 2) + field(files.count, 2) + field(directory.count, 4)
            + field(bytes.count, 4) + [0, 0]
        return bytes + directory + Array("PK\u{5}\u{6}".utf8) + end
    }

    private static func field(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
