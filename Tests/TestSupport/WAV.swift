/// WAV files of mono samples.
public enum WAV {
    /// The bytes of a file.
    /// - Parameters:
    ///   - rate: samples per second.
    ///   - claimedBytes: what the header says of the samples' length, where that is not the truth.
    public static func bytes(of samples: [Int16], rate: Int, claimedBytes: Int? = nil) -> [UInt8] {
        func u32(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        func u16(_ value: Int) -> [UInt8] { [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)] }
        let length = claimedBytes ?? samples.count * 2
        var bytes = Array("RIFF".utf8) + u32(36 + length) + Array("WAVEfmt ".utf8) + u32(16)
        bytes += u16(1) + u16(1) + u32(rate) + u32(rate * 2) + u16(2) + u16(16) + Array("data".utf8) + u32(length)
        return bytes + samples.flatMap { u16(Int($0)) }
    }
}
