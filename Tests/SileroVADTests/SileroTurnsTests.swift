import Audio
import Logging
@testable import Realtime
import SileroVAD
import TestSupport
import Testing

/// Turns as sessions find them, by both detectors.
@Suite(.enabled(if: TrainedModel.voiceDetector.exists && Recording.english.exists), .timeLimit(.minutes(5)))
struct SileroTurnsTests {
    /// Where turns begin and end, in milliseconds.
    private func turns(_ sound: [Int16], heardBy detector: consuming any SpeechDetector & ~Copyable) -> [Int] {
        var listener = TurnListener(TurnDetectionSettings(prefixPaddingMs: 0), hearing: detector, at: 0)
        var edges: [Int] = []
        for start in stride(from: 0, to: sound.count, by: 480) {
            let piece = Array(sound[start..<min(start + 480, sound.count)])
            let now = Duration.milliseconds(SpeechFormat.milliseconds(ofSample: start + piece.count))
            for action in listener.listen(to: piece, at: now, interrupts: false) {
                switch action {
                case .interruptionSuspected, .interruptionDismissed:
                    Issue.record("there is nobody to interrupt")
                case .speechStarted(let sample), .speechStopped(let sample):
                    edges.append(SpeechFormat.milliseconds(ofSample: sample))
                }
            }
        }
        return edges
    }

    private func silero() throws -> any SpeechDetector & ~Copyable {
        try SileroModel(TrainedModel.voiceDetector.path).detector(logger: Logger(label: "test"))
    }

    /// 2 s of speech, which begins and ends in the middle of words, and 2 s of a quiet room, over and over.
    private func spokenTurns() throws -> (sound: [Int16], edges: [Int]) {
        let english = try AudioFileReader(Recording.english.url).readAll()
        var random = SeededGenerator(seed: 11)
        var sound: [Int16] = []
        var edges: [Int] = []
        for second in [4, 7, 13, 21, 28, 33, 37, 48] {
            sound += (0..<(2 * SpeechFormat.sampleRate)).map { _ in Int16.random(in: -20...20, using: &random) }
            let start = SpeechFormat.milliseconds(ofSample: sound.count)
            sound += english[(second * SpeechFormat.sampleRate)..<((second + 2) * SpeechFormat.sampleRate)]
            edges += [start, start + 2_000 + 500]
        }
        sound += (0..<(2 * SpeechFormat.sampleRate)).map { _ in Int16.random(in: -20...20, using: &random) }
        return (sound, edges)
    }

    @Test func bothDetectorsFindTheSameTurns() throws {
        let (sound, edges) = try spokenTurns()
        let byTrained = turns(sound, heardBy: try silero())
        let byBuiltIn = turns(sound, heardBy: VoiceActivityDetector())
        try #require(byTrained.count == edges.count, "\(byTrained)")
        try #require(byBuiltIn.count == edges.count, "\(byBuiltIn)")
        for (edge, (trained, builtIn)) in zip(edges, zip(byTrained, byBuiltIn)) {
            #expect(abs(trained - edge) <= 200, "\(edge): \(trained), built-in \(builtIn)")
            #expect(abs(builtIn - edge) <= 200, "\(edge): \(builtIn), trained \(trained)")
        }
    }
}
