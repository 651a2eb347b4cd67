/// Speech as telephones send it: ITU-T G.711, 8 bits a sample on a curve, at 8 kHz.
public enum G711: Sendable {
    /// North America and Japan.
    case muLaw
    /// Everywhere else.
    case aLaw

    /// Samples a second.
    public static let sampleRate = 8000

    /// Turns bytes into 16-bit samples, one for each.
    public func decode(_ bytes: some Collection<UInt8>) -> [Int16] {
        let table = self == .muLaw ? Self.muLawSamples : Self.aLawSamples
        return bytes.map { table[Int($0)] }
    }

    /// Turns 16-bit samples into bytes, one for each.
    public func encode(_ samples: some Collection<Int16>) -> [UInt8] {
        switch self {
        case .muLaw: samples.map(Self.muLawByte)
        case .aLaw: samples.map(Self.aLawByte)
        }
    }

    private static let muLawSamples = (0...255).map { muLawSample(UInt8($0)) }
    private static let aLawSamples = (0...255).map { aLawSample(UInt8($0)) }

    // The curves have eight segments, each half as steep as the one before it, of 16 steps each.

    /// The start of the first segment, which the standard adds so that each begins at a power of two; of 14 bits.
    private static let muLawBias = 33

    private static func muLawByte(_ sample: Int16) -> UInt8 {
        let value = Int(sample) >> 2
        let magnitude = min(abs(value), 8158) + muLawBias
        let segment = Int.bitWidth - 1 - magnitude.leadingZeroBitCount - 5
        let code = segment << 4 | (magnitude >> (segment + 1)) & 0xF
        return UInt8(truncatingIfNeeded: value < 0 ? 0x7F - code : 0xFF - code)
    }

    private static func muLawSample(_ byte: UInt8) -> Int16 {
        let code = Int(~byte)
        let magnitude = ((code & 0xF) << 1 + muLawBias) << (code >> 4 & 7) - muLawBias
        return Int16((code & 0x80 != 0 ? -magnitude : magnitude) << 2)
    }

    private static func aLawByte(_ sample: Int16) -> UInt8 {
        let value = Int(sample) >> 3
        let magnitude = value < 0 ? ~value : value
        let segment = max(Int.bitWidth - 1 - magnitude.leadingZeroBitCount - 4, 0)
        let code = segment << 4 | (magnitude >> max(segment, 1)) & 0xF
        return UInt8(truncatingIfNeeded: code) ^ (value < 0 ? 0x55 : 0xD5)
    }

    private static func aLawSample(_ byte: UInt8) -> Int16 {
        let code = Int(byte ^ 0x55)
        let segment = code >> 4 & 7
        // The middle of the step.
        let step = (code & 0xF) << 4 + 8
        let magnitude = segment == 0 ? step : (step + 0x100) << (segment - 1)
        return Int16(code & 0x80 != 0 ? magnitude : -magnitude)
    }
}
