import Audio
import NIOCore

/// Speech as a WAV file, which every recogniser reads.
enum WAVFile {
    /// The file of 24 kHz mono speech.
    static func bytes(of speech: [Int16]) -> ByteBuffer {
        let length = UInt32(speech.count * 2)
        var file = ByteBuffer()
        file.reserveCapacity(44 + speech.count * 2)
        file.writeString("RIFF")
        file.writeInteger(36 + length, endianness: .little)
        file.writeString("WAVEfmt ")
        file.writeInteger(UInt32(16), endianness: .little)
        // PCM, one channel.
        file.writeMultipleIntegers(UInt16(1), UInt16(1), endianness: .little)
        let rate = UInt32(SpeechFormat.sampleRate)
        file.writeMultipleIntegers(rate, rate * 2, endianness: .little)
        // Bytes of a frame, bits of a sample.
        file.writeMultipleIntegers(UInt16(2), UInt16(16), endianness: .little)
        file.writeString("data")
        file.writeInteger(length, endianness: .little)
        for sample in speech { file.writeInteger(sample, endianness: .little) }
        return file
    }
}
