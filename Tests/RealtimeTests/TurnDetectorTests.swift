import Audio
@testable import Realtime
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct TurnDetectorTests {
    private let frame = TurnDetector.frameLength

    /// Feeds one probability for every 10 ms.
    private func actions(
        _ probabilities: [Float], _ settings: TurnDetectionSettings = .init()
    ) -> [TurnDetector.Action] {
        var detector = TurnDetector(settings)
        return probabilities.enumerated().compactMap { index, probability in
            detector.process(probability, endingAt: (index + 1) * frame)
        }
    }

    private func speech(_ frames: Int) -> [Float] { Array(repeating: 0.95, count: frames) }
    private func silence(_ frames: Int) -> [Float] { Array(repeating: 0.05, count: frames) }

    @Test func turnHasItsPaddingBeforeAndItsSilenceBehind() {
        let found = actions(silence(100) + speech(50) + silence(60))
        // Speech from 1000 to 1500 ms; 300 ms before, 500 ms behind.
        #expect(found == [.speechStarted(atSample: 700 * 24), .speechStopped(atSample: 2000 * 24)])
    }

    @Test func startIsFoundWithin20MillisecondsOfSpeech() {
        var detector = TurnDetector(.init())
        for index in 0..<100 { #expect(detector.process(0.05, endingAt: index * frame) == nil) }
        #expect(detector.process(0.9, endingAt: 100 * frame) == nil)
        #expect(detector.process(0.9, endingAt: 101 * frame) != nil)
    }

    @Test func aFlickerIsNoSpeech() {
        // 10 ms every 300 ms, for a minute.
        #expect(actions(Array(repeating: speech(1) + silence(29), count: 200).flatMap(\.self)).isEmpty)
    }

    @Test func uncertainNoiseIsNoSpeech() {
        var random = SeededGenerator(seed: 3)
        #expect(actions((0..<6000).map { _ in Float.random(in: 0...0.49, using: &random) }).isEmpty)
    }

    @Test func pausesBetweenWordsDoNotEndATurn() {
        let found = actions(speech(30) + silence(49) + speech(30) + silence(49) + speech(30) + silence(80))
        #expect(found.count == 2)
    }

    @Test func clickInTheFinalSilenceDoesNotProlongTheTurn() {
        let found = actions(speech(30) + silence(20) + speech(2) + silence(60))
        #expect(found.last == .speechStopped(atSample: (300 + 500) * 24))
    }

    @Test func speechAtTheThresholdDoesNotFlicker() {
        // Starts above 0.5, goes on between 0.36 and 0.6.
        let wavering = (0..<300).map { index in index % 2 == 0 ? Float(0.36) : 0.6 }
        #expect(actions(speech(5) + wavering).count == 1)
    }

    @Test func settingsAreObeyed() {
        let settings = TurnDetectionSettings(threshold: 0.97, prefixPaddingMs: 0, silenceDurationMs: 100)
        #expect(actions(speech(100), settings).isEmpty)
        let found = actions(silence(10) + Array(repeating: 0.98, count: 20) + silence(20), settings)
        #expect(found == [.speechStarted(atSample: 100 * 24), .speechStopped(atSample: 400 * 24)])
    }

    @Test(arguments: [0.01, 0.1, 0.15, 0.3, 0.5, 1])
    func turnEndsWhateverTheThreshold(_ threshold: Double) {
        let settings = TurnDetectionSettings(threshold: threshold, prefixPaddingMs: 0)
        let nobody = Array(repeating: Float(threshold / 3), count: 60)
        let found = actions(nobody + Array(repeating: 1, count: 20) + nobody, settings)
        #expect(found == [.speechStarted(atSample: 600 * 24), .speechStopped(atSample: 1300 * 24)])
    }

    /// Feeds one probability for every 10 ms while the avatar speaks, which it does until `end` of them.
    private func interruption(_ probabilities: [Float], until end: Int = .max) -> [TurnDetector.Action] {
        var detector = TurnDetector(.init(interruptionMs: 400))
        return probabilities.enumerated().compactMap { index, probability in
            detector.process(probability, endingAt: (index + 1) * frame, interrupts: index < end)
        }
    }

    @Test func aCoughDoesNotInterrupt() {
        let found = interruption(silence(100) + speech(25) + silence(100))
        #expect(found == [.interruptionSuspected(atSample: 700 * 24), .interruptionDismissed])
    }

    @Test func manyCoughsDoNotInterrupt() {
        let coughs = (0..<10).flatMap { _ in speech(25) + silence(35) }
        #expect(interruption(coughs).count { $0 != .interruptionDismissed } == 10)
    }

    @Test func speechInterruptsAndTheTurnHasItsBeginning() {
        let found = interruption(silence(100) + speech(50) + silence(60))
        let start = 700 * 24
        #expect(
            found == [
                .interruptionSuspected(atSample: start), .speechStarted(atSample: start),
                .speechStopped(atSample: 2000 * 24),
            ])
    }

    @Test func wordsWithAPauseBetweenThemInterruptTogether() {
        let found = interruption(silence(100) + speech(25) + silence(20) + speech(25) + silence(60))
        #expect(found.contains(.speechStarted(atSample: 700 * 24)))
    }

    @Test func whenNobodyIsLeftToInterruptItIsATurn() {
        let found = interruption(silence(100) + speech(25) + silence(100), until: 110)
        #expect(
            found == [
                .interruptionSuspected(atSample: 700 * 24), .speechStarted(atSample: 700 * 24),
                .speechStopped(atSample: 1750 * 24),
            ])
    }

    @Test func whereNothingIsConfirmedSpeechInterruptsAtOnce() {
        var detector = TurnDetector(.init(interruptionMs: 0))
        #expect(detector.process(0.9, endingAt: frame, interrupts: true) == nil)
        #expect(detector.process(0.9, endingAt: 2 * frame, interrupts: true) == .speechStarted(atSample: 0))
    }

    @Test func paddingStopsAtTheStartOfTheSession() {
        #expect(actions(speech(10)) == [.speechStarted(atSample: 0)])
    }

    @Test func startsAndStopsAlternateWhateverComes() {
        for seed in 0..<50 {
            var random = SeededGenerator(seed: UInt64(seed))
            var isSpeaking = false
            var last = 0
            let probabilities = (0..<2000).map { _ in Float.random(in: 0...1, using: &random) }
            for action in actions(probabilities, .init(silenceDurationMs: 50)) {
                switch action {
                case .speechStarted(let sample):
                    #expect(!isSpeaking)
                    isSpeaking = true
                    _ = sample
                case .interruptionSuspected, .interruptionDismissed:
                    Issue.record("there is nobody to interrupt")
                case .speechStopped(let sample):
                    #expect(isSpeaking && sample > last)
                    isSpeaking = false
                    last = sample
                }
            }
        }
    }
}
