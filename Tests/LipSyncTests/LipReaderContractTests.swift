import Audio
import Avatars
import Foundation
import LipSync
import TestSupport
import Testing

/// What follows from the contract, whatever is said.
@Suite(.timeLimit(.minutes(10))) struct LipReaderContractTests {
    @Test(arguments: Reader.allCases, [0, 1, 959, 960, 961, 1_919, 1_920, 1_921, 2_880, 2_881, 24_000, 47_999])
    func aFrameForEveryFortyMilliseconds(reader: Reader, samples: Int) async throws {
        let speech = babble(samples: samples)
        #expect(try await shapes(of: speech, by: reader).count == (samples + 959) / 960)
        #expect(try await shapes(of: speech, inPiecesOf: 7, by: reader).count == (samples + 959) / 960)
    }

    @Test(.enabled(if: Recording.english.exists), arguments: Reader.allCases, [1, 480, 2_400, 12_000])
    func itDoesNotMatterHowSpeechIsCut(reader: Reader, size: Int) async throws {
        let seconds = size == 1 ? 1 : 12
        let speech = Array(try AudioFileReader(Recording.english.url).readAll()[60_000..<(60_000 + seconds * 24_000)])
        let whole = try await shapes(of: speech, by: reader)
        #expect(try await shapes(of: speech, inPiecesOf: size, by: reader) == whole)
    }

    @Test(arguments: Reader.allCases)
    func aFrameComesAsSoonAsSpeechGoesOnEightyMillisecondsAfterIt(reader: Reader) async throws {
        let speech = babble(samples: 24_000)
        let source = try reader.start()
        for index in 0..<20 {
            source.append(Array(speech[(index * 960)..<(index * 960 + 960)]))
            if index < 2 { #expect(try await source.nextShape() == nil) }
            guard index >= 2 else { continue }
            // One sample of frame k + 2 shows that frame k is not among the last two.
            #expect(try await source.nextShape() != nil)
            #expect(try await source.nextShape() == nil)
        }
    }

    @Test(arguments: Reader.allCases) func whatIsSaidLaterChangesNothing(reader: Reader) async throws {
        let speech = babble(samples: 48_000)
        let known = 24_000
        for seed in [1, 2, 3] as [UInt64] {
            let other = Array(speech[..<known]) + babble(samples: 24_000, seed: seed)
            let frames = known / 960 - 2
            let before = try await shapes(of: speech, by: reader)[..<frames]
            #expect(try await shapes(of: other, by: reader)[..<frames] == before)
        }
    }

    @Test(arguments: Reader.allCases) func anUtteranceThatBreaksOffLoudlyEndsAtRest(reader: Reader) async throws {
        let shapes = try await shapes(of: babble(samples: 24_000), by: reader)
        #expect(shapes.contains { $0.jaw > 0.2 })
        #expect(shapes.last == .rest)
    }

    @Test(arguments: Reader.allCases) func noInputLeavesTheRange(reader: Reader) async throws {
        let square = (0..<48_000).map { $0 / 50 % 2 == 0 ? Int16.max : Int16.min }
        let impulses = (0..<48_000).map { $0 % 4_000 == 0 ? Int16.min : 0 }
        for speech in [square, impulses, [Int16](repeating: .min, count: 48_000), babble(samples: 48_000)] {
            for shape in try await shapes(of: speech, by: reader) {
                #expect(shape.values.allSatisfy { (0...1).contains($0) })
            }
        }
    }

    @Test(arguments: Reader.allCases) func nothingIsSaidInDigitalSilence(reader: Reader) async throws {
        let shapes = try await shapes(of: [Int16](repeating: 0, count: 48_000), by: reader)
        #expect(shapes.allSatisfy { $0.values.allSatisfy { $0 < 0.03 } })
    }

    /// A buzz through two resonances, with pauses: no speech, but it moves the mouth.
    private func babble(samples: Int, seed: UInt64 = 0) -> [Int16] {
        var resonators = [Resonator(hertz: 650 + Double(seed) * 40), Resonator(hertz: 1_300 - Double(seed) * 60)]
        return (0..<samples).map { index in
            let isOn = index / 4_800 % 3 != 2
            let pulse = isOn && index % (200 - Int(seed) * 9) == 0 ? 3_000.0 : 0
            let sum = resonators.indices.reduce(0.0) { $0 + resonators[$1].filter(pulse) }
            return Int16(clamping: Int(sum))
        }
    }

    /// Two poles, 90 Hz wide.
    private struct Resonator {
        private let feedback: (Double, Double)
        private var memory = (0.0, 0.0)

        init(hertz: Double) {
            let radius = exp(-Double.pi * 90 / 24_000)
            feedback = (2 * radius * cos(2 * Double.pi * hertz / 24_000), -radius * radius)
        }

        mutating func filter(_ input: Double) -> Double {
            let output = input + feedback.0 * memory.0 + feedback.1 * memory.1
            memory = (output, memory.0)
            return output
        }
    }
}
