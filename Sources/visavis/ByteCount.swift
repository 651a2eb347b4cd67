import Foundation

/// A number of bytes as people say it: in decimal units, as disks and download pages have them.
struct ByteCount: CustomStringConvertible {
    private let bytes: Int

    init(_ bytes: Int) { self.bytes = bytes }

    var description: String {
        switch bytes {
        case 1_000_000_000...: String(format: "%.2f GB", Double(bytes) / 1e9)
        case 1_000_000...: String(format: "%.1f MB", Double(bytes) / 1e6)
        default: "\((bytes + 999) / 1_000) kB"
        }
    }
}
