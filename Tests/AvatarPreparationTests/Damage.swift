import TestSupport

extension [UInt8] {
    /// These bytes with up to four places changed, removed, doubled or filled with what readers stumble over.
    func damaged(by generator: inout SeededGenerator) -> [UInt8] {
        var bytes = self
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let start = Int.random(in: 0..<bytes.count, using: &generator)
            let end = Swift.min(bytes.count, start + Int.random(in: 1...8, using: &generator))
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes[start] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 1: bytes[start] = .random(in: 0...255, using: &generator)
            case 2: bytes.removeSubrange(start..<end)
            case 3: bytes.insert(contentsOf: bytes[start..<end], at: start)
            case 4: bytes.replaceSubrange(start..<end, with: repeatElement(0xFF, count: end - start))
            default: bytes.removeSubrange(start...)
            }
        }
        return bytes
    }
}
