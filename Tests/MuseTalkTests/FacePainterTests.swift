import Foundation
import Inference
import TestSupport
import Testing

@testable import MuseTalk

@Suite(.timeLimit(.minutes(10)), .enabled(if: Golden.exist && MiniModel.exists)) struct FacePainterTests {
    /// Two batches of four: what one run leaves behind must not reach the next.
    @Test func facesAreThoseOfTheOfficialCode() async throws {
        let painter = try Self.painter(batchSize: 4)
        let latents = try Self.latents()
        let official = try Golden.array("decoded_rgb_u8.npy", of: UInt8.self)
        for frames in [0..<4, 4..<8] {
            let batch = try Self.batch(frames)
            try await painter.paint(batch, of: latents)
            for (place, frame) in frames.enumerated() {
                let difference = batch.withImage(place) { Self.difference($0, Array(official[frame])) }
                #expect(difference.max <= 1, "frame \(frame)")
                #expect(difference.mean < 0.01, "frame \(frame)")
            }
        }
    }

    @Test func aFaceDoesNotDependOnItsBatch() async throws {
        let painter = try Self.painter(batchSize: 4)
        let latents = try Self.latents()
        let (alone, together) = (try Self.batch(2..<3), try Self.batch(0..<4))
        try await painter.paint(alone, of: latents)
        try await painter.paint(together, of: latents)
        let first = alone.withImage(0) { Array($0) }
        let difference = together.withImage(2) { Self.difference($0, first) }
        #expect(difference.max <= 1)
    }

    @Test func whatIsNoNumberIsAnErrorAndHarmsNobodyElse() async throws {
        let painter = try Self.painter(batchSize: 4)
        let latents = try Self.latents()
        let broken = FaceBatch(capacity: 2)
        for frame in 0..<2 { broken.append(filmedFrame: frame) { $0.update(repeating: frame == 1 ? .nan : 0) } }
        await #expect(throws: MuseTalkError.self) { try await painter.paint(broken, of: latents) }

        let sound = try Self.batch(0..<1)
        try await painter.paint(sound, of: latents)
    }

    @Test func whoIsCancelledWhileWaitingUsesNothing() async throws {
        let painter = try Self.painter(batchSize: 1)
        let latents = try Self.latents()
        let batch = try Self.batch(0..<1)
        let waiting = Task {
            while !Task.isCancelled { await Task.yield() }
            try await painter.paint(batch, of: latents)
        }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(batch.withImage(0) { $0.allSatisfy { $0 == 0 } })
    }

    @Test func aMissingGraphIsNamed() {
        let error = #expect(throws: InferenceError.self) {
            try FacePainter(graphAt: "/nowhere/face.onnx", batchSize: 1)
        }
        #expect(error?.description.contains("/nowhere/face.onnx") == true)
    }

    /// Loaded once: that takes longer than most tests.
    static let painters = [1, 4].map { size in
        Result { try FacePainter(graphAt: MiniModel.folder.appending(path: "face.onnx").path, batchSize: size) }
    }

    static func painter(batchSize: Int) throws -> FacePainter { try painters[batchSize == 1 ? 0 : 1].get() }

    static func latents() throws -> ResidentTensor<Float> {
        let latents = try Golden.array("latents.npy", of: Float.self)
        return try latents.elements.withUnsafeBufferPointer { try ResidentTensor(latents.shape, $0, on: .cpu) }
    }

    /// Frames of the goldens. Those have the positional encoding in them, which the graph adds.
    static func batch(_ frames: Range<Int>) throws -> FaceBatch {
        let encoded = try Golden.array("conditioning_100_108.npy", of: Float.self)
        let batch = FaceBatch(capacity: frames.count)
        for frame in frames {
            batch.append(filmedFrame: frame) { conditioning in
                for (index, value) in encoded[frame].enumerated() {
                    conditioning[index] = value - positionalEncoding(index / 384, index % 384)
                }
            }
        }
        return batch
    }

    /// "Attention Is All You Need", section 3.5.
    private static func positionalEncoding(_ step: Int, _ feature: Int) -> Float {
        let angle = Double(step) * exp(-log(10_000) / 384 * Double(feature & ~1))
        return Float(feature.isMultiple(of: 2) ? sin(angle) : cos(angle))
    }

    static func difference(_ face: UnsafeBufferPointer<UInt8>, _ other: [UInt8]) -> (max: Int, mean: Double) {
        let distances = zip(face, other).map { abs(Int($0) - Int($1)) }
        return (distances.max() ?? 0, Double(distances.reduce(0, +)) / Double(max(1, distances.count)))
    }
}
