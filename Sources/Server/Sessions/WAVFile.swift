import Audio
import Foundation

/// Sound as a file that everything plays (RIFF WAVE, PCM).
enum WAVFile {
    /// - Parameter pcm: 24 kHz mono, 16 bits, little-endian.
    static func bytes(pcm: Data) -> Data {
        var file = Data("RIFF".utf8)
        func append(_ number: some FixedWidthInteger) {
            withUnsafeBytes(of: number.littleEndian) { file.append(contentsOf: $0) }
        }
        append(UInt32(truncatingIfNeeded: 36 + pcm.count))
        file.append(contentsOf: "WAVEfmt ".utf8)
        append(UInt32(16))
        append(UInt16(1))  // PCM
        append(UInt16(1))  // channels
        append(UInt32(SpeechFormat.sampleRate))
        append(UInt32(SpeechFormat.sampleRate * 2))
        append(UInt16(2))  // bytes in a sample of all channels
        append(UInt16(16))  // bits in a sample
        file.append(contentsOf: "data".utf8)
        append(UInt32(truncatingIfNeeded: pcm.count))
        return file + pcm
    }
}
