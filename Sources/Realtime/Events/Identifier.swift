/// Random names of sessions, items, responses and events, in the form that OpenAI's protocol uses.
public enum Identifier {
    /// A new session's name, `sess_…`.
    public static func session() -> String { random(prefix: "sess_") }

    static func conversation() -> String { random(prefix: "conv_") }
    static func item() -> String { random(prefix: "item_") }
    static func call() -> String { random(prefix: "call_") }
    static func response() -> String { random(prefix: "resp_") }
    static func event() -> String { random(prefix: "event_") }

    /// The random part: 96 bits in hexadecimal.
    static let randomLength = 24
    private static let digits = Array("0123456789abcdef".utf8)

    private static func random(prefix: String) -> String {
        String(unsafeUninitializedCapacity: prefix.utf8.count + randomLength) { bytes in
            let start = bytes.update(fromContentsOf: prefix.utf8)
            writeRandom(into: .init(rebasing: bytes[start..<(start + randomLength)]))
            return start + randomLength
        }
    }

    /// Fills `bytes` with random hexadecimal digits.
    static func writeRandom(into bytes: UnsafeMutableBufferPointer<UInt8>) {
        var generator = SystemRandomNumberGenerator()
        var bits: UInt64 = 0
        for index in bytes.indices {
            if index % 16 == 0 { bits = generator.next() }
            bytes[index] = digits[Int(bits & 15)]
            bits >>= 4
        }
    }
}
