import Audio
import Foundation
import TestSupport
import Testing

@testable import LipSync

/// How loud frames are, whatever the pieces in which speech comes.
@Suite(.timeLimit(.minutes(10))) struct FrameLoudnessTests {
    /// The loudness of each frame, read as soon as it is there.
    private func levels(of speech: [Int16], inPiecesOf size: Int) -> [Float] {
        var loudness = FrameLoudness()
        var levels: [Float] = []
        var heard = 0
        for start in stride(from: 0, to: speech.count, by: size) {
            let piece = Array(speech[start..<min(start + size, speech.count)])
            loudness.append(piece)
            heard += piece.count
            // As the lips are: a frame is shown when two more have been heard.
            while (levels.count + 2) * FrameTiming.samplesPerFrame < heard { levels.append(loudness.next().loudness) }
        }
        loudness.finish()
        while levels.count < FrameTiming.frameCount(ofSamples: speech.count) { levels.append(loudness.next().loudness) }
        return levels
    }

    private func tone(_ amplitude: Double, samples: Int) -> [Int16] {
        (0..<samples).map { Int16(amplitude * sin(2 * Double.pi * 200 * Double($0) / 24_000)) }
    }

    @Test(.enabled(if: Recording.english.exists), arguments: [1, 7, 480, 959, 960, 961, 2_400, 12_000])
    func itDoesNotMatterHowSpeechIsCut(size: Int) throws {
        // The longest is more than what is kept at a time.
        let seconds = size < 480 ? 2 : 40
        let speech = Array(try AudioFileReader(Recording.english.url).readAll()[60_000..<(60_000 + seconds * 24_000)])
        #expect(levels(of: speech, inPiecesOf: size) == levels(of: speech, inPiecesOf: speech.count))
    }

    @Test func itIsThePowerBesideThatOfFullScale() {
        // A sine of full scale has half of a square wave's power.
        #expect(abs(levels(of: tone(32_767, samples: 960), inPiecesOf: 960)[0] + 3.01) < 0.05)
        #expect(abs(levels(of: tone(3_276.7, samples: 960), inPiecesOf: 960)[0] + 23.01) < 0.05)
        #expect(abs(levels(of: [Int16](repeating: .min, count: 960), inPiecesOf: 960)[0]) < 0.01)
    }

    @Test func silenceIsSilence() {
        #expect(levels(of: [Int16](repeating: 0, count: 2_000), inPiecesOf: 100) == [-90, -90, -90])
        var nothing = FrameLoudness()
        nothing.finish()
        #expect(nothing.next() == (FrameLoudness.silence, FrameLoudness.silence))
    }

    @Test func theNextFrameIsHeardAheadAndNoneFollowsTheLast() {
        var loudness = FrameLoudness()
        loudness.append(tone(30_000, samples: 960) + tone(300, samples: 960) + tone(3_000, samples: 500))
        loudness.finish()
        let (first, second, third) = (loudness.next(), loudness.next(), loudness.next())
        #expect(first.loudness > -5 && first.next == second.loudness)
        #expect(second.loudness < -40 && second.next == third.loudness)
        // Half a frame of sound, and then nothing.
        #expect((-28 ... -25).contains(third.loudness) && third.next == FrameLoudness.silence)
    }
}
