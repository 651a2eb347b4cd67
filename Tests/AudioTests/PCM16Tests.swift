import Audio
import Testing

@Suite(.timeLimit(.minutes(10))) struct PCM16Tests {
    @Test func readsLittleEndian() throws {
        let samples = try PCM16.samples(fromLittleEndian: [0x01, 0x00, 0xFF, 0xFF, 0x00, 0x80, 0xFF, 0x7F])
        #expect(samples == [1, -1, .min, .max])
    }

    @Test func everySampleSurvives() throws {
        let all = [Int16](Int16.min...Int16.max)
        let bytes = all.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        #expect(bytes.count == 131_072)
        #expect(try PCM16.samples(fromLittleEndian: bytes) == all)
        // A slice, as it is cut out of a binary message.
        #expect(try PCM16.samples(fromLittleEndian: bytes[2...]) == Array(all[1...]))
    }

    @Test func anOddByteIsNamed() {
        #expect(throws: PCM16.Failure.oddByteCount(7)) {
            try PCM16.samples(fromLittleEndian: [UInt8](repeating: 0, count: 7))
        }
        #expect("\(PCM16.Failure.oddByteCount(7))".contains("7 bytes"))
    }

    @Test func nothingIsNothing() throws {
        #expect(try PCM16.samples(fromLittleEndian: [UInt8]()).isEmpty)
    }
}
