/// Speech as a file that everything reads (RIFF WAVE, PCM16, 24 kHz, mono).
public enum WAVFile {
    /// What comes before the samples: 44 bytes.
    /// - Parameter byteCount: how many bytes of samples follow, 16 bits each, little-endian.
    public static func header(ofBytes byteCount: Int) -> [UInt8] {
        var header: [UInt8] = []
        func append(_ number: some FixedWidthInteger) {
            withUnsafeBytes(of: number.littleEndian) { header.append(contentsOf: $0) }
        }
        header += "RIFF".utf8
        append(UInt32(truncatingIfNeeded: 36 + byteCount))
        header += "WAVEfmt ".utf8
        append(UInt32(16))
        append(UInt16(1))  // PCM
        append(UInt16(1))  // channels
        append(UInt32(SpeechFormat.sampleRate))
        append(UInt32(SpeechFormat.sampleRate * 2))
        append(UInt16(2))  // bytes in a sample of all channels
        append(UInt16(16))  // bits in a sample
        header += "data".utf8
        append(UInt32(truncatingIfNeeded: byteCount))
        return header
    }
}
