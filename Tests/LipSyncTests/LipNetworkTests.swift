import Audio
import Avatars
import Foundation
import Inference
import TestSupport
import Testing

@testable import LipSync

/// The network against the Python that trained it, and what only a network can get wrong.
@Suite(.timeLimit(.minutes(10))) struct LipNetworkTests {
    /// Two seconds that training/golden.py makes by the same formula: a voice whose pitch glides, with pauses.
    private static let speech: [Int16] = (0..<48_000).map { n in
        let time = Double(n) / 24_000
        let phase = 2 * Double.pi * (120 * time + 10 * sin(2 * Double.pi * time))
        let voice = (1...20).reduce(0.0) { $0 + sin(Double($1) * phase) / Double($1) }
        let isOn = n / 4_800 % 4 != 3
        return Int16(isOn ? 6_000 * voice * (0.6 + 0.4 * sin(2 * Double.pi * 4 * time)) : 0)
    }

    private static func golden(_ name: String) throws -> NumPyArray<Float> {
        let folder = Bundle.module.resourceURL ?? Bundle.module.bundleURL
        return try NumPyArray(contentsOf: folder.appending(path: "Fixtures/\(name).npy"))
    }

    @Test func spectraAreThoseOfTheTraining() throws {
        let golden = try Self.golden("spectra")
        var queue = SpeechQueue()
        queue.append(Self.speech)
        var spectrum = MelSpectrum()
        var bands = [Float](repeating: 0, count: MelSpectrum.bandCount)
        for hop in 0..<golden.shape[0] {
            bands.withUnsafeMutableBufferPointer { spectrum.readHop(from: &queue, into: $0) }
            for (found, wanted) in zip(bands, golden[hop]) { #expect(abs(found - wanted) < 2e-3, "hop \(hop)") }
        }
    }

    @Test func mouthsAreThoseOfTheTraining() async throws {
        let (parts, visemes) = (try Self.golden("parts"), try Self.golden("visemes"))
        let reader = LipReader(try LipNetwork())
        reader.append(Self.speech)
        reader.finish()
        var step = 0
        while let (first, second) = try await reader.nextMoments() {
            for moment in [first, second] {
                // What is near the ends is on its way from rest, or to it.
                if step >= 4, step < parts.shape[0] - 4 {
                    for (found, wanted) in zip(moment.shape.values, parts[step]) {
                        #expect(abs(found - wanted) < 5e-3, "step \(step)")
                    }
                    for (viseme, wanted) in zip(Viseme.allCases, visemes[step]) {
                        #expect(abs(moment.visemes[viseme] - wanted) < 5e-3, "step \(step), \(viseme)")
                    }
                }
                step += 1
            }
        }
        #expect(step == parts.shape[0])
    }

    @Test func whoSpeaksAtTheSameTimeChangesNothing() async throws {
        let network = try LipNetwork()
        let alone = try await Self.mouths(of: Self.speech, network)
        let together = try await withThrowingTaskGroup { group in
            for number in 0..<40 {
                // Some begin elsewhere in the sound: each batch has other utterances.
                let speech = number.isMultiple(of: 2) ? Self.speech : Array(Self.speech[(number * 100)...])
                group.addTask { (number, try await Self.mouths(of: speech, network)) }
            }
            return try await group.reduce(into: [Int: [MouthShape]]()) { $0[$1.0] = $1.1 }
        }
        for number in stride(from: 0, to: 40, by: 2) {
            let mouths = try #require(together[number])
            #expect(mouths.count == alone.count)
            for (found, wanted) in zip(mouths, alone) {
                for (part, other) in zip(found.values, wanted.values) { #expect(abs(part - other) < 1e-4) }
            }
        }
    }

    @Test func aGraphOfAnotherKindIsAnErrorThatNamesIt() {
        let path = LipNetwork.file.deletingLastPathComponent().appending(path: "lips.json").path
        let error = #expect(throws: InferenceError.self) { try LipNetwork(path) }
        #expect(error?.description.contains(path) == true)
        #expect(throws: InferenceError.self) { try LipNetwork("/nowhere/lips.onnx") }
    }

    @Test func visemesAreWeighedAgainstEachOther() async throws {
        let reader = LipReader(try LipNetwork())
        reader.append(Self.speech)
        reader.finish()
        while let frame = try await reader.next() {
            let sum = Viseme.allCases.reduce(0) { $0 + frame.visemes[$1] }
            #expect(abs(sum - 1) < 1e-3)
        }
    }

    @concurrent
    private static func mouths(of speech: [Int16], _ network: LipNetwork) async throws -> [MouthShape] {
        let reader = LipReader(network)
        reader.append(speech)
        reader.finish()
        var shapes: [MouthShape] = []
        while let frame = try await reader.next() { shapes.append(frame.shape) }
        return shapes
    }
}
