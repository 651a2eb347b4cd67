import Audio
import Foundation
import Testing

@Suite(.timeLimit(.minutes(10))) struct ResamplerTests {
    private func tone(_ frequency: Double, rate: Int, count: Int) -> [Int16] {
        (0..<count).map { Int16(12_000 * sin(2 * .pi * frequency * Double($0) / Double(rate))) }
    }

    @Test(arguments: [8_000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000])
    func totalLengthIsExact(rate: Int) throws {
        for count in [1, 7, 960, 4_801, rate] {
            let input = tone(300, rate: rate, count: count)
            for (from, to) in [(rate, 24_000), (24_000, rate)] {
                let resampler = try Resampler(from: from, to: to)
                let output = try resampler.resample(input) + resampler.finish()
                #expect(output.count == (count * to + from - 1) / from, "\(count) samples, \(from) → \(to) Hz")
            }
        }
    }

    @Test(arguments: [(16_000, 24_000), (44_100, 24_000), (48_000, 24_000), (24_000, 48_000), (24_000, 16_000)])
    func piecesGiveTheSameAsTheWhole(from: Int, to: Int) throws {
        var noise = SeededNoise(seed: 7)
        let input = (0..<20_000).map { _ in Int16(noise.next() * 20_000) }
        let resampler = try Resampler(from: from, to: to)
        let whole = try resampler.resample(input) + resampler.finish()
        // The same instance again: finish() leaves nothing behind.
        var streamed: [Int16] = []
        var rest = input[...]
        while !rest.isEmpty {
            let length = min(rest.count, Int(abs(noise.next()) * 700))
            streamed += try resampler.resample(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        streamed += try resampler.finish()
        #expect(streamed == whole)
    }

    @Test(arguments: [(16_000, 24_000), (44_100, 24_000), (24_000, 48_000)])
    func aToneStaysWhereItWas(from: Int, to: Int) throws {
        let resampler = try Resampler(from: from, to: to)
        let output = try resampler.resample(tone(440, rate: from, count: from)) + resampler.finish()
        let expected = tone(440, rate: to, count: to)
        // Neither delayed nor changed in level; the rims ring a little.
        for index in 200..<(to - 200) {
            #expect(abs(Int(output[index]) - Int(expected[index])) < 60, "sample \(index)")
        }
    }

    @Test func theDelayIsShort() throws {
        // Live speech must not wait: of 40 ms at least 37 ms come out at once.
        let resampler = try Resampler(from: 16_000, to: 24_000)
        #expect(try resampler.resample(tone(440, rate: 16_000, count: 640)).count >= 888)
    }

    @Test(arguments: [0, -1, 999, 1_000_000])
    func impossibleRatesAreNamed(rate: Int) {
        #expect(throws: Resampler.Failure.rate(rate)) { try Resampler(from: rate) }
        #expect(throws: Resampler.Failure.rate(rate)) { try Resampler(from: 24_000, to: rate) }
        #expect("\(Resampler.Failure.rate(rate))".contains("\(rate) Hz"))
    }
}
