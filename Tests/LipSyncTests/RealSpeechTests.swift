import Audio
import Avatars
import Foundation
import LipSync
import TestSupport
import Testing

/// Real voices in real rooms.
@Suite(.timeLimit(.minutes(10))) struct RealSpeechTests {
    @Test(.enabled(if: Recording.english.exists), arguments: Reader.allCases)
    func theMouthIsClosedWhileNobodySpeaks(reader: Reader) async throws {
        // The recording begins with 2.2 s of its room's noise.
        let room = try AudioFileReader(Recording.english.url).readAll()[..<52_800]
        #expect(widest(try await shapes(of: Array(room), by: reader)) < 0.06)
    }

    @Test(.enabled(if: Recording.english.exists), arguments: Reader.allCases, [1, 2])
    func silenceClosesTheMouthWithin120Milliseconds(reader: Reader, noise: Int) async throws {
        let recording = try AudioFileReader(Recording.english.url).readAll()
        let shapes = try await shapes(of: recording, by: reader)
        // The room as it was, or twice as loud.
        let room = recording[..<48_000].map { Int16(clamping: Int($0) * noise) }
        // Where the mouth is widest, speech breaks off, and the room is heard alone.
        for frame in shapes.indices.dropFirst(100).sorted(by: { shapes[$0].jaw > shapes[$1].jaw }).prefix(20) {
            let stop = (frame + 1) * 960
            let broken = try await LipSyncTests.shapes(of: Array(recording[..<stop]) + room, by: reader)
            #expect(broken[(frame - 2)...frame].contains { $0.jaw > 0.1 })
            #expect(widest(broken[(frame + 1 + 3)...]) < (noise == 1 ? 0.06 : 0.15), "frame \(frame)")
        }
    }

    @Test(
        .enabled(if: Recording.english.exists), arguments: Reader.allCases,
        [Recording.english, .mandarin, .mandarinStereo])
    func theMouthMovesLikeAMouth(reader: Reader, recording: Recording) async throws {
        let shapes = try await shapes(of: try AudioFileReader(recording.url).readAll(), by: reader)
        let jaw = shapes.map(\.jaw)
        #expect(jaw.max() ?? 0 > 0.7)
        #expect((0.1...0.4).contains(mean(jaw)))
        for (before, after) in zip(shapes, shapes.dropFirst()).dropLast(2) {
            #expect(abs(after.jaw - before.jaw) <= 0.51)
            #expect(abs(after.width - before.width) <= 0.41)
            #expect(abs(after.rounding - before.rounding) <= 0.41)
        }
        // Flicker: out and back from one frame to the next.
        let flickers = { (part: KeyPath<MouthShape, Float>) in
            (1..<(shapes.count - 1)).count { index in
                let there = shapes[index][keyPath: part] - shapes[index - 1][keyPath: part]
                let back = shapes[index + 1][keyPath: part] - shapes[index][keyPath: part]
                return there * back < 0 && min(abs(there), abs(back)) > 0.25
            }
        }
        let share = Double(shapes.count) / 100
        #expect(Double(flickers(\.jaw)) < 2 * share)
        #expect(Double(flickers(\.width)) < 1 * share)
        #expect(Double(flickers(\.rounding)) < 1 * share)
    }

    @Test(.enabled(if: Recording.english.exists), arguments: Reader.allCases, [25, 15])
    func noiseChangesLittle(reader: Reader, signalToNoise: Int) async throws {
        let speech = Array(try AudioFileReader(Recording.english.url).readAll()[..<480_000])
        let power = speech.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(speech.count)
        let amplitude = (power * pow(10, -Double(signalToNoise) / 10) * 3).squareRoot()
        var generator = SeededGenerator(seed: 7)
        let noisy = speech.map { sample in
            Int16(clamping: Int(Double(sample) + Double.random(in: -amplitude...amplitude, using: &generator)))
        }
        let clean = try await shapes(of: speech, by: reader)
        let disturbed = try await shapes(of: noisy, by: reader)
        #expect(correlation(clean.map(\.jaw), disturbed.map(\.jaw)) > (signalToNoise > 20 ? 0.9 : 0.8))
        // Two seconds of nothing but noise.
        #expect(widest(disturbed[..<50]) < (signalToNoise > 20 ? 0.1 : 0.2))
    }

    /// The largest aperture, or pressure.
    private func widest(_ shapes: some Sequence<MouthShape>) -> Float {
        shapes.reduce(0) { max($0, $1.aperture.magnitude) }
    }
}
