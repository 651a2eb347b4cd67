import Audio
import Foundation
import Testing

@Suite(.timeLimit(.minutes(10))) struct RealFFTTests {
    /// |X[k]|² straight from the definition, in double precision.
    private func naivePower(_ x: [Float], size: Int) -> [Double] {
        (0...(size / 2)).map { k in
            var re = 0.0
            var im = 0.0
            for (n, sample) in x.enumerated() {
                let angle = -2 * Double.pi * Double(k * n % size) / Double(size)
                re += Double(sample) * cos(angle)
                im += Double(sample) * sin(angle)
            }
            return re * re + im * im
        }
    }

    @Test(arguments: [4, 8, 64, 512, 1024])
    func equalsTheDefinition(size: Int) {
        var noise = SeededNoise(seed: UInt64(size))
        let input = (0..<size).map { _ in noise.next() }
        let fft = RealFFT(size: size)
        var power = [Float](repeating: -1, count: fft.binCount)
        // Twice: nothing may be left over from an earlier transform.
        fft.powerSpectrum(of: [Float](repeating: 1, count: size), into: &power)
        fft.powerSpectrum(of: input, into: &power)
        let expected = naivePower(input, size: size)
        #expect(power.count == expected.count)
        let scale = expected.max() ?? 1
        for (k, value) in power.enumerated() {
            #expect(abs(Double(value) - expected[k]) <= 1e-5 * scale, "bin \(k)")
        }
    }

    @Test func aToneIsOneBin() throws {
        let fft = RealFFT(size: 512)
        let tone = (0..<512).map { Float(cos(2 * Double.pi * 37 * Double($0) / 512)) }
        var power = [Float](repeating: 0, count: fft.binCount)
        fft.powerSpectrum(of: tone, into: &power)
        #expect(abs(power[37] - 256 * 256) < 1)
        for k in power.indices where k != 37 { #expect(power[k] < 0.01) }
    }

    @Test func shortInputIsContinuedWithZeros() {
        let fft = RealFFT(size: 64)
        let short: [Float] = [0.5, -0.25, 1]
        var power = [Float](repeating: 0, count: fft.binCount)
        fft.powerSpectrum(of: [Float](repeating: 1, count: 64), into: &power)
        fft.powerSpectrum(of: short, into: &power)
        let expected = naivePower(short, size: 64)
        for (k, value) in power.enumerated() { #expect(abs(Double(value) - expected[k]) < 1e-5, "bin \(k)") }
    }
}
