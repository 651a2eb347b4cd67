import Audio
import Foundation
import Logging
import SileroVAD
import TestSupport
import Testing

@Suite(.enabled(if: TrainedModel.voiceDetector.exists), .timeLimit(.minutes(5))) struct SileroDetectorTests {
    private let model: SileroModel

    init() throws { model = try SileroModel(TrainedModel.voiceDetector.path) }

    /// One probability for every 10 ms.
    private func probabilities(_ samples: [Int16], chunk: Int = 480) -> [Float] {
        var detector = model.detector(logger: Logger(label: "test"))
        var result: [Float] = []
        for start in stride(from: 0, to: samples.count, by: chunk) {
            detector.process(Array(samples[start..<min(start + chunk, samples.count)])) { result.append($0) }
        }
        return result
    }

    /// The share of a stretch, in units of 10 ms, in which speech is heard.
    private func share(_ found: ArraySlice<Float>) -> Double {
        Double(found.count { $0 >= 0.5 }) / Double(max(found.count, 1))
    }

    @Test(.enabled(if: Recording.english.exists && Recording.mandarin.exists))
    func hearsEnglishAndMandarin() throws {
        let english = probabilities(try AudioFileReader(Recording.english.url).readAll())
        // 3 s of silence before the first word.
        #expect(share(english[..<300]) == 0)
        #expect(share(english[310...]) > 0.9)
        let mandarin = probabilities(try AudioFileReader(Recording.mandarin.url).readAll())
        #expect(share(mandarin[10..<2_100]) > 0.85)
    }

    @Test func silenceNoiseAndMusicAreNotSpeech() {
        let seconds = 10 * SpeechFormat.sampleRate
        #expect(share(probabilities(Array(repeating: 0, count: seconds))[...]) == 0)
        var random = SeededGenerator(seed: 5)
        let noise = (0..<seconds).map { _ in Int16.random(in: -2_000...2_000, using: &random) }
        #expect(share(probabilities(noise)[...]) == 0)
        #expect(share(probabilities(Self.chords(count: seconds))[...]) < 0.02)
    }

    /// Four chords over and over, with their overtones, struck twice a second: what music has, and a voice too.
    private static func chords(count: Int) -> [Int16] {
        let chords = [[261.6, 329.6, 392.0], [220.0, 261.6, 329.6], [174.6, 220.0, 261.6], [196.0, 246.9, 293.7]]
        return (0..<count).map { index in
            let time = Double(index) / Double(SpeechFormat.sampleRate)
            let struck = exp(-3 * time.truncatingRemainder(dividingBy: 0.5))
            let sum = chords[Int(time / 2) % 4].reduce(0.0) { sum, pitch in
                sum + (1...6).reduce(0.0) { $0 + sin(2 * .pi * pitch * Double($1) * time) / Double($1) }
            }
            return Int16(2_500 * struck * sum)
        }
    }

    @Test(.enabled(if: Recording.english.exists), arguments: [1, 7, 240, 767, 4_800, 72_000])
    func thePiecesDoNotMatter(chunk: Int) throws {
        let english = Array(try AudioFileReader(Recording.english.url).readAll()[72_000..<144_000])
        let found = probabilities(english, chunk: chunk)
        #expect(found == probabilities(english))
        // What is not told yet is less than what the protocol allows.
        #expect((296...300).contains(found.count))
    }

    @Test(.enabled(if: Recording.english.exists)) func sessionsDoNotHearEachOther() throws {
        let english = Array(try AudioFileReader(Recording.english.url).readAll()[72_000..<144_000])
        var speaking = model.detector(logger: Logger(label: "test"))
        var silent = model.detector(logger: Logger(label: "test"))
        var (heard, unheard): ([Float], [Float]) = ([], [])
        for start in stride(from: 0, to: english.count, by: 480) {
            speaking.process(Array(english[start..<start + 480])) { heard.append($0) }
            silent.process(Array(repeating: 0, count: 480)) { unheard.append($0) }
        }
        #expect(heard == probabilities(english))
        #expect(unheard.allSatisfy { $0 < 0.1 })
    }

    @Test func everySampleValueIsHarmless() {
        for value in [Int16.min, -1, 0, 1, .max] {
            #expect(probabilities(Array(repeating: value, count: 24_000)).allSatisfy { (0...1).contains($0) })
        }
    }
}
