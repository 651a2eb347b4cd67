import Audio
import Testing

/// The figures are those of CPython's `audioop`, which descends from Sun's reference implementation.
@Suite struct G711Tests {
    private static let allSamples = (Int16.min...Int16.max).map(\.self)
    private static let allBytes = (UInt8.min...UInt8.max).map(\.self)

    /// Distinguishes any two sequences that differ in one place, or in their order.
    private func weighted(_ values: [Int]) -> Int {
        values.enumerated().reduce(0) { $0 + $1.offset % 251 * $1.element }
    }

    @Test(arguments: [(G711.muLaw, 712_408_995), (.aLaw, 872_174_168)])
    func everySampleIsEncodedAsTheReferenceDoes(law: G711, reference: Int) {
        #expect(weighted(law.encode(Self.allSamples).map(Int.init)) == reference)
    }

    @Test(arguments: [
        (G711.muLaw, [0x00: -32124, 0x7F: 0, 0x80: 32124, 0xFF: 0]),
        (.aLaw, [0x00: -5504, 0x55: -8, 0xD5: 8, 0x2A: -32256]),
    ])
    func knownBytesAreDecoded(law: G711, samples: [UInt8: Int16]) {
        for (byte, sample) in samples { #expect(law.decode([byte]) == [sample]) }
    }

    @Test(arguments: [G711.muLaw, .aLaw]) func whatWasDecodedIsEncodedAsItWas(law: G711) {
        let again = law.encode(law.decode(Self.allBytes))
        // µ-law has two zeros.
        #expect(again == Self.allBytes.map { law == .muLaw && $0 == 0x7F ? 0xFF : $0 })
    }
}
