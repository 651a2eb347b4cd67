import Audio
import Avatars
import Foundation
import TestSupport
import Testing

@testable import LipSync

/// How a head goes along with speech.
@Suite(.timeLimit(.minutes(10))) struct SpeechGesturesTests {
    /// The loudness of each frame of `speech`.
    private static func levels(of speech: [Int16]) -> [Float] {
        var loudness = FrameLoudness()
        loudness.append(speech)
        loudness.finish()
        return (0..<FrameTiming.frameCount(ofSamples: speech.count)).map { _ in loudness.next().loudness }
    }

    /// The head in each frame.
    /// - Parameter known: from which frame on it is known how many follow.
    private static func heads(_ levels: [Float], endKnownFrom known: Int = 0) -> [HeadPose] {
        var gestures = SpeechGestures()
        return levels.indices.map { index in
            gestures.frame(
                loudness: levels[index], next: index + 1 < levels.count ? levels[index + 1] : FrameLoudness.silence,
                framesLeft: index >= known ? levels.count - index - 1 : nil)
        }
    }

    private static func recording() throws -> [Float] {
        levels(of: try AudioFileReader(Recording.english.url).readAll())
    }

    /// Words of 0.2 to 0.5 s and pauses, at random.
    private static func babble(seed: UInt64, frames: Int = 400) -> [Float] {
        var random = SeededGenerator(seed: seed)
        var levels: [Float] = []
        while levels.count < frames {
            let loud = Float.random(in: -30 ... -12, using: &random)
            for _ in 0..<Int.random(in: 2...40, using: &random) {
                levels.append(loud + .random(in: -15...3, using: &random))
            }
            levels += [Float](repeating: -75, count: .random(in: 1...25, using: &random))
        }
        return levels
    }

    private static func movement(_ a: HeadPose, _ b: HeadPose) -> Float {
        [a.nod - b.nod, a.turn - b.turn, a.tilt - b.tilt, a.brows - b.brows].map(abs).max() ?? 0
    }

    @Test func theSameSpeechIsAlwaysAccompaniedTheSame() {
        for seed in 0..<5 as Range<UInt64> {
            let levels = Self.babble(seed: seed)
            #expect(Self.heads(levels) == Self.heads(levels))
        }
    }

    @Test func whatIsSaidLaterChangesNothing() {
        let (first, second) = (Self.babble(seed: 1), Self.babble(seed: 2))
        let mixed = Array(first[..<200]) + second
        // The frame before the change hears ahead.
        let known = Self.heads(first, endKnownFrom: .max)[..<199]
        #expect(Self.heads(mixed, endKnownFrom: .max)[..<199] == known)
    }

    @Test(arguments: 0..<40) func itBeginsAndEndsAtRest(seed: UInt64) throws {
        for frames in [1, 2, 9, 30, 200] {
            let levels = Array(Self.babble(seed: seed)[..<frames])
            // How many follow may be known from the beginning, or only as the last frames are made.
            for known in [0, max(0, frames - 10)] {
                let heads = Self.heads(levels, endKnownFrom: known)
                #expect(Self.movement(try #require(heads.first), .rest) < 0.25)
                #expect(try #require(heads.first).lids == 0)
                #expect(heads.last.map { Self.movement($0, .rest) } == 0 && heads.last?.lids ?? 1 <= 0.1)
            }
        }
    }

    @Test(arguments: 0..<40) func itStaysInRangeAndNeverJumps(seed: UInt64) {
        let heads = Self.heads(Self.babble(seed: seed, frames: 2_000))
        for head in heads {
            #expect([head.nod, head.turn, head.tilt, head.brows].allSatisfy { (-1...1).contains($0) })
            #expect((0...1).contains(head.lids))
        }
        for (before, after) in zip([.rest] + heads, heads) {
            #expect(Self.movement(before, after) <= 0.25)
            #expect(abs(after.lids - before.lids) <= 0.5)
        }
    }

    @Test func whereNobodySpeaksNothingMoves() {
        for level: Float in [-90, -70, -60] {
            let heads = Self.heads([Float](repeating: level, count: 100))
            #expect(heads.allSatisfy { Self.movement($0, .rest) == 0 }, "\(level) dBFS")
        }
        // In a silence that lasts, only the eyes do.
        let heads = Self.heads([Float](repeating: -90, count: 1_000))
        #expect(heads.allSatisfy { Self.movement($0, .rest) == 0 })
        #expect(heads.contains { $0.lids == 1 })
    }

    @Test(.enabled(if: Recording.english.exists)) func theHeadBeatsOnLoudSyllables() throws {
        let levels = try Self.recording()
        let heads = Self.heads(levels)
        // A beat: the head is further down than in the frames around.
        let beats = (3..<(heads.count - 3)).filter { index in
            heads[index].nod > 0.1 && ((index - 3)...(index + 3)).allSatisfy { heads[$0].nod <= heads[index].nod }
        }
        // The recording is a minute of speech: something between a beat a word and none.
        #expect((40...140).contains(beats.count), "\(beats.count) beats")
        #expect(zip(beats, beats.dropFirst()).allSatisfy { $1 - $0 >= 6 })
        // A head has weight: it is lowest some frames after the syllable, which is louder than speech is on average.
        let spoken = levels.filter { $0 > -45 }
        let usual = spoken.reduce(0, +) / Float(spoken.count)
        let onLoud = beats.count { beat in levels[max(0, beat - 5)...beat].max() ?? -90 > usual + 3 }
        #expect(Double(onLoud) >= 0.8 * Double(beats.count), "\(onLoud) of \(beats.count)")
    }

    @Test(.enabled(if: Recording.english.exists)) func eyesBlinkWherePhrasesEnd() throws {
        let levels = try Self.recording()
        let heads = Self.heads(levels)
        let blinks = heads.indices.filter { heads[$0].lids > 0 && ($0 == 0 || heads[$0 - 1].lids == 0) }
        // People blink ten to thirty times a minute.
        #expect((8...30).contains(blinks.count), "\(blinks.count) blinks")
        #expect(zip(blinks, blinks.dropFirst()).allSatisfy { $1 - $0 >= 20 })
        // A pause begins where a voice ends and is not heard again for 160 ms.
        let voiced = levels.map { $0 > Self.voice(levels) }
        let pauses = (1..<(levels.count - 4)).filter { index in
            voiced[index - 1] && !voiced[index..<(index + 4)].contains(true)
        }
        let atPauses = blinks.count { blink in pauses.contains { (0...10).contains(blink - $0) } }
        #expect(Double(atPauses) > 0.5 * Double(blinks.count), "\(atPauses) of \(blinks.count)")
        // Each closes the eyes, and opens them.
        for blink in blinks.dropLast() { #expect(heads[blink..<(blink + 7)].map(\.lids) == HeadPose.blink) }
    }

    /// dBFS between the room and the voice.
    private static func voice(_ levels: [Float]) -> Float {
        let sorted = levels.sorted()
        return sorted[sorted.count * 95 / 100] - 16
    }

    @Test(.enabled(if: Recording.english.exists)) func loudnessOfTheRecordingIsNoGesture() throws {
        let levels = try Self.recording()
        let (usual, quiet) = (Self.heads(levels), Self.heads(levels.map { $0 - 6 }))
        let (nods, quietNods) = (usual.map(\.nod), quiet.map(\.nod))
        #expect(correlation(nods, quietNods) > 0.8)
    }

    @Test func nobodyBlinksWhileTheClipDoes() {
        let levels = Self.babble(seed: 4, frames: 1_000)
        func blinks(_ clipBlinks: Bool) -> Int {
            var gestures = SpeechGestures()
            return levels.count { level in
                gestures.frame(loudness: level, next: level, framesLeft: nil, clipBlinks: clipBlinks).lids == 1
            }
        }
        #expect(blinks(false) > 5)
        #expect(blinks(true) == 0)
    }

    @Test func aBlinkIsNotBegunThatCannotBeEnded() {
        // A phrase, and a pause that is shorter than a blink.
        for silence in 4..<12 {
            let levels = [Float](repeating: -20, count: 60) + [Float](repeating: -80, count: silence)
            let heads = Self.heads(levels)
            #expect(heads.last?.lids ?? 1 <= 0.1, "\(silence) frames")
        }
    }
}
