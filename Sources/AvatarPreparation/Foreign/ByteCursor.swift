/// Reads little-endian fields one after the other, and never past the end.
struct ByteCursor {
    /// The field at ``position`` reaches beyond the last byte.
    struct End: Error {
        /// Where the field begins.
        var position: Int
    }

    /// What is read; indices start at 0.
    let bytes: [UInt8]
    /// The next byte to be read.
    private(set) var position: Int

    /// Starts at `position` of `bytes`.
    init(_ bytes: [UInt8], at position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// Bytes not yet read.
    var remaining: Int { bytes.count - position }

    /// The next `count` bytes, not copied.
    mutating func read(_ count: Int) throws(End) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else { throw End(position: position) }
        defer { position += count }
        return bytes[position..<(position + count)]
    }

    /// The next byte.
    mutating func byte() throws(End) -> UInt8 {
        guard remaining > 0 else { throw End(position: position) }
        defer { position += 1 }
        return bytes[position]
    }

    /// The next integer, least significant byte first.
    mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws(End) -> Value {
        try read(Value.bitWidth / 8).reversed().reduce(0) { $0 << 8 | Value(truncatingIfNeeded: $1) }
    }

    /// The bytes before the next line feed, which is skipped.
    mutating func line() throws(End) -> ArraySlice<UInt8> {
        guard let end = bytes[position...].firstIndex(of: 0x0A) else { throw End(position: position) }
        defer { position = end + 1 }
        return bytes[position..<end]
    }

    /// Goes on `count` bytes further.
    mutating func skip(_ count: Int) throws(End) { _ = try read(count) }
}
