/// Base64 (RFC 4648, with padding), between buffers: sound and pictures pass through it without a copy.
enum Base64 {
    /// What decoding found.
    enum DecodingResult: Equatable {
        case decoded
        /// The first byte, counted from 0, that is not in the alphabet.
        case invalidByte(at: Int)
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let invalid: UInt8 = 0xFF
    private static let padding = UInt8(ascii: "=")

    /// The value of each byte, `invalid` for those outside the alphabet.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: invalid, count: 256)
        for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()

    /// The length of `count` bytes in base64.
    static func encodedLength(of count: Int) -> Int { (count + 2) / 3 * 4 }

    /// Writes `source` into `target`, which has room for `encodedLength(of: source.count)` bytes.
    static func encode(_ source: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<UInt8>) {
        alphabet.withUnsafeBufferPointer { alphabet in
            var read = 0
            var write = 0
            while read + 2 < source.count {
                let bits = UInt32(source[read]) << 16 | UInt32(source[read + 1]) << 8 | UInt32(source[read + 2])
                target[write] = alphabet[Int(bits >> 18)]
                target[write + 1] = alphabet[Int(bits >> 12 & 63)]
                target[write + 2] = alphabet[Int(bits >> 6 & 63)]
                target[write + 3] = alphabet[Int(bits & 63)]
                read += 3
                write += 4
            }
            guard read < source.count else { return }
            let hasSecond = read + 1 < source.count
            let bits = UInt32(source[read]) << 16 | (hasSecond ? UInt32(source[read + 1]) << 8 : 0)
            target[write] = alphabet[Int(bits >> 18)]
            target[write + 1] = alphabet[Int(bits >> 12 & 63)]
            target[write + 2] = hasSecond ? alphabet[Int(bits >> 6 & 63)] : padding
            target[write + 3] = padding
        }
    }

    /// How many bytes `text` stands for; `nil` if its length is not a multiple of 4.
    static func decodedLength(of text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard text.count.isMultiple(of: 4) else { return nil }
        return text.count / 4 * 3 - paddingLength(of: text)
    }

    /// Writes what `text` stands for into `target`, which has room for `decodedLength(of: text)` bytes.
    static func decode(
        _ text: UnsafeBufferPointer<UInt8>, into target: UnsafeMutableRawBufferPointer
    ) -> DecodingResult {
        values.withUnsafeBufferPointer { values in
            let letters = text.count - paddingLength(of: text)
            var write = 0
            var bits: UInt32 = 0
            for read in 0..<letters {
                let value = values[Int(text[read])]
                guard value != invalid else { return .invalidByte(at: read) }
                bits = bits << 6 | UInt32(value)
                guard read % 4 == 3 else { continue }
                target[write] = UInt8(truncatingIfNeeded: bits >> 16)
                target[write + 1] = UInt8(truncatingIfNeeded: bits >> 8)
                target[write + 2] = UInt8(truncatingIfNeeded: bits)
                write += 3
            }
            switch letters % 4 {
            case 2: target[write] = UInt8(truncatingIfNeeded: bits >> 4)
            case 3:
                target[write] = UInt8(truncatingIfNeeded: bits >> 10)
                target[write + 1] = UInt8(truncatingIfNeeded: bits >> 2)
            default: break
            }
            return .decoded
        }
    }

    private static func paddingLength(of text: UnsafeBufferPointer<UInt8>) -> Int {
        guard text.count >= 4, text[text.count - 1] == padding else { return 0 }
        return text[text.count - 2] == padding ? 2 : 1
    }
}
