import Audio
import Foundation
import TestSupport
import Testing

/// Where a trained detector (Silero VAD 5, threshold 0.5) hears speech, as start and end in units of 10 ms; pauses
/// under 100 ms closed.
private let englishSpeech: [(Int, Int)] = [
    (307, 1139), (1200, 1642), (1658, 1862), (1888, 2035), (2080, 2419), (2480, 2698), (2726, 3210), (3238, 3683),
    (3699, 4061), (4122, 4349), (4362, 4576), (4627, 4752), (4765, 5117), (5142, 5421), (5456, 6000),
]
private let mandarinSpeech: [(Int, Int)] = [
    (6, 166), (186, 288), (314, 448), (467, 598), (614, 733), (752, 909), (934, 1101), (1149, 1302), (1322, 1485),
    (1536, 1587), (1597, 1722), (1738, 2144),
]

@Suite(.timeLimit(.minutes(10))) struct VoiceActivityDetectorTests {
    private func probabilities(_ samples: [Int16], chunk: Int = 480) -> [Float] {
        var detector = VoiceActivityDetector()
        var result: [Float] = []
        for start in stride(from: 0, to: samples.count, by: chunk) {
            detector.process(Array(samples[start..<min(start + chunk, samples.count)])) { result.append($0) }
        }
        return result
    }

    private func read(_ recording: Recording) throws -> [Int16] { try AudioFileReader(recording.url).readAll() }

    /// `speech` in noise, at half its level so that nothing clips.
    /// - Parameter snr: in dB, to a speech level of -17 dBFS, which is that of the recordings.
    private func mix(_ speech: [Int16], _ noise: VoiceActivityNoise, snr: Float) -> [Int16] {
        let level = 32_768 * pow(10, (-17 - snr) / 20)
        return zip(speech, noise.samples(speech.count)).map { sample, noise in
            Int16(max(-32_768, min(32_767, 0.5 * (Float(sample) + noise * level))))
        }
    }

    private func noise(_ kind: VoiceActivityNoise, seconds: Int, dBFS: Float) -> [Int16] {
        let level = 32_768 * pow(10, dBFS / 20)
        return kind.samples(seconds * 24_000).map { Int16(max(-32_768, min(32_767, $0 * level))) }
    }

    /// How many frames of speech are found, and how many of those found are speech; edges count for neither.
    private func score(_ found: [Float], _ segments: [(Int, Int)]) -> (recall: Double, precision: Double) {
        var (hits, misses, falseAlarms) = (0, 0, 0)
        for (frame, probability) in found.enumerated() {
            let isEdge = segments.contains { abs(frame - $0.0) <= 10 || abs(frame - $0.1) <= 10 }
            let isSpeech = segments.contains { frame >= $0.0 && frame < $0.1 }
            guard !isEdge else { continue }
            if probability > 0.5, isSpeech { hits += 1 }
            if probability > 0.5, !isSpeech { falseAlarms += 1 }
            if probability <= 0.5, isSpeech { misses += 1 }
        }
        return (Double(hits) / Double(max(hits + misses, 1)), Double(hits) / Double(max(hits + falseAlarms, 1)))
    }

    @Test(.enabled(if: Recording.english.exists))
    func agreesWithATrainedDetectorOnEnglish() throws {
        let (recall, precision) = score(probabilities(try read(.english)), englishSpeech)
        #expect(recall > 0.92, "\(recall)")
        #expect(precision > 0.97, "\(precision)")
    }

    @Test(.enabled(if: Recording.mandarin.exists))
    func agreesWithATrainedDetectorOnMandarin() throws {
        let (recall, precision) = score(probabilities(try read(.mandarin)), mandarinSpeech)
        #expect(recall > 0.92, "\(recall)")
        #expect(precision > 0.97, "\(precision)")
    }

    @Test(.enabled(if: Recording.english.exists), arguments: VoiceActivityNoise.allCases)
    func hearsSpeechInNoise(noise: VoiceActivityNoise) throws {
        let english = Array(try read(.english).prefix(30 * 24_000))
        for (snr, leastRecall) in [(20, 0.85), (10, 0.72), (5, 0.5)] as [(Float, Double)] {
            let segments = englishSpeech.filter { $0.1 <= 3_000 }
            let found = probabilities(Array(mix(english, noise, snr: snr).prefix(2_698 * 240)))
            let (recall, precision) = score(found, segments)
            #expect(recall > leastRecall, "\(noise) at \(snr) dB: \(recall)")
            #expect(precision > 0.95, "\(noise) at \(snr) dB: \(precision)")
        }
    }

    @Test(arguments: VoiceActivityNoise.allCases, [-50, -25] as [Float])
    func steadyNoiseIsNotSpeech(noise: VoiceActivityNoise, dBFS: Float) {
        let found = probabilities(self.noise(noise, seconds: 31, dBFS: dBFS))
        #expect(found.dropFirst(100).allSatisfy { $0 < 0.5 }, "\(found.dropFirst(100).count { $0 >= 0.5 }) frames")
    }

    @Test(arguments: VoiceActivityNoise.allCases)
    func louderNoiseIsLearntWithinTwoSeconds(noise kind: VoiceActivityNoise) {
        let found = probabilities(noise(kind, seconds: 4, dBFS: -50) + noise(kind, seconds: 6, dBFS: -30))
        #expect(found[600...].allSatisfy { $0 < 0.5 })
    }

    @Test func clicksAreNotSpeech() {
        var samples = noise(.pink, seconds: 12, dBFS: -55)
        var random = SeededNoise(seed: 3)
        for click in 1..<11 {
            // 0.5…10 ms, decaying.
            let length = [12, 24, 72, 144, 240][click % 5]
            for offset in 0..<length {
                let envelope = exp(-3 * Float(offset) / Float(length))
                samples[click * 24_000 + offset] = Int16(20_000 * random.next() * envelope)
            }
        }
        #expect(probabilities(samples).dropFirst(95).allSatisfy { $0 < 0.5 })
    }

    /// Moments in the middle of words, in seconds, at which the recording is switched on and off.
    private let cuts = [4.1, 5.2, 6.6, 7.3, 9.5, 13.1, 14.2, 15.6, 17.4, 19.2, 21.1, 23.3, 25.5, 28.4, 30.2]

    @Test(.enabled(if: Recording.english.exists))
    func seesOnsetAndEndWithin50Milliseconds() throws {
        let english = try read(.english)
        var onsets: [Int] = []
        var ends: [Int] = []
        for cut in cuts {
            var samples = noise(.pink, seconds: 4, dBFS: -60)
            let start = Int(cut * 24_000)
            for offset in 0..<24_000 { samples[48_000 + offset] = english[start + offset] }
            let found = probabilities(samples)
            let onset = try #require(found[200..<300].firstIndex { $0 > 0.5 }, "cut at \(cut) s")
            onsets.append((onset - 199) * 10)
            let last = try #require(found[200...].lastIndex { $0 > 0.5 })
            ends.append((last + 1 - 300) * 10)
        }
        #expect(onsets.sorted()[cuts.count / 2] <= 50, "\(onsets)")
        #expect(onsets.count { $0 <= 80 } >= cuts.count - 2, "\(onsets)")
        #expect(ends.allSatisfy { $0 <= 80 }, "\(ends)")
    }

    @Test(.enabled(if: Recording.english.exists), arguments: [1, 7, 239, 240, 241, 4_800, 1_000_000])
    func thePiecesDoNotMatter(chunk: Int) throws {
        let english = Array(try read(.english)[72_000..<120_011])
        let found = probabilities(english, chunk: chunk)
        #expect(found.count == english.count / VoiceActivityDetector.hop)
        #expect(found == probabilities(english))
    }

    @Test func everySampleValueIsHarmless() {
        for value in [Int16.min, -1, 0, 1, .max] {
            let found = probabilities(Array(repeating: value, count: 48_000))
            #expect(found.count == 200)
            #expect(found.allSatisfy { $0 >= 0 && $0 < 0.5 })
        }
        let square = (0..<48_000).map { $0 / 100 % 2 == 0 ? Int16.min : .max }
        #expect(probabilities(square).allSatisfy { (0...1).contains($0) })
        #expect(probabilities([]).isEmpty)
    }
}
