/// Samples as they travel: signed 16-bit, little-endian, as OpenAI's `audio/pcm` and WAV files have them.
public enum PCM16 {
    /// Why bytes are not samples.
    public enum Failure: Error, Equatable, CustomStringConvertible {
        /// Half a sample was left over.
        case oddByteCount(Int)

        /// What was found, and what was expected.
        public var description: String {
            switch self {
            case .oddByteCount(let count):
                "\(count) bytes of audio; 16-bit samples need an even number: send whole samples"
            }
        }
    }

    /// Reads samples.
    /// - Throws: ``Failure/oddByteCount(_:)``.
    public static func samples(fromLittleEndian bytes: some Collection<UInt8>) throws(Failure) -> [Int16] {
        let byteCount = bytes.count
        guard byteCount.isMultiple(of: 2) else { throw .oddByteCount(byteCount) }
        return [Int16](unsafeUninitializedCapacity: byteCount / 2) { samples, count in
            let raw = UnsafeMutableRawBufferPointer(samples)
            // Arrays and their slices are copied at once; as a mere collection they would go byte by byte.
            let copied: Void? = bytes.withContiguousStorageIfAvailable { raw.copyMemory(from: .init($0)) }
            if copied == nil { _ = raw.initializeMemory(as: UInt8.self, from: bytes) }
            for index in 0..<(byteCount / 2) { samples[index] = Int16(littleEndian: samples[index]) }
            count = byteCount / 2
        }
    }
}
