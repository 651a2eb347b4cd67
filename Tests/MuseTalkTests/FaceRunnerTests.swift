import Avatars
import Batching
import Foundation
import Inference
import TestSupport
import Testing

@testable import MuseTalk

@Suite(.timeLimit(.minutes(10)), .serialized, .enabled(if: Golden.exist && MiniModel.exists))
struct FaceRunnerTests {
    /// Loaded once: that takes longer than most tests.
    private static let runner = Result { try GoldenFaces.loadRunner() }

    /// Two batches of four: what one run leaves behind must not reach the next.
    @Test func facesAreThoseOfTheOfficialCode() async throws {
        let runner = try Self.runner.get()
        let official = try Golden.array("decoded_rgb_u8.npy", of: UInt8.self)
        for frames in [0..<4, 4..<8] {
            let batch = try GoldenFaces.slots(frames)
            _ = try await runner.run(batch, inLane: 0)
            for (slot, frame) in zip(batch, frames) {
                let difference = slot.withImage { FaceDifference($0, Array(official[frame])) }
                #expect(difference.max <= 1, "frame \(frame)")
                #expect(difference.mean < 0.01, "frame \(frame)")
            }
        }
    }

    /// A batch of three is one of four with a place to spare.
    @Test(arguments: [[2, 1], [1, 2], [0, 1, 2], [0, 1, 2, 5]]) func aFaceDoesNotDependOnItsBatch(frames: [Int])
        async throws
    {
        let runner = try Self.runner.get()
        let (alone, together) = (try GoldenFaces.slots([2]), try GoldenFaces.slots(frames))
        _ = try await runner.run(alone, inLane: 0)
        _ = try await runner.run(together, inLane: 1)
        let place = try #require(frames.firstIndex(of: 2))
        #expect(together[place].withImage { FaceDifference($0, alone[0].image).max } <= 1)
    }

    /// Each lane is loaded while the other runs.
    @Test func lanesDoNotMix() async throws {
        let runner = try Self.runner.get()
        let batches = try (0..<8).map { try GoldenFaces.slots([$0]) }
        _ = try await runner.run(batches[0], inLane: 0)
        async let even: Void = {
            for batch in stride(from: 0, to: 8, by: 2) { _ = try await runner.run(batches[batch], inLane: 0) }
        }()
        async let odd: Void = {
            for batch in stride(from: 1, to: 8, by: 2) { _ = try await runner.run(batches[batch], inLane: 1) }
        }()
        _ = try await (even, odd)
        let official = try Golden.array("decoded_rgb_u8.npy", of: UInt8.self)
        for (frame, batch) in batches.enumerated() {
            #expect(batch[0].withImage { FaceDifference($0, Array(official[frame])).max } <= 1, "frame \(frame)")
        }
    }

    /// Eight rows for two films of eight frames each: rows are given to other frames, and some are found again.
    @Test func filmsShareABatchAndADevicesRows() async throws {
        let runner = try Self.runner.get()
        let official = try Golden.array("decoded_rgb_u8.npy", of: UInt8.self)
        for frame in 0..<8 {
            let batch = try GoldenFaces.slots([0, frame]) + GoldenFaces.slots([frame], isBackward: true)
            _ = try await runner.run(batch, inLane: frame % 2)
            for (slot, frame) in zip(batch, [0, frame, frame]) {
                #expect(slot.withImage { FaceDifference($0, Array(official[frame])).max } <= 1, "frame \(frame)")
            }
        }
    }

    @Test func whatIsNoNumberIsSaidOfItsFaceAndNoOther() async throws {
        let runner = try Self.runner.get()
        let (batch, alone) = (try GoldenFaces.slots([0, 1]), try GoldenFaces.slots([0]))
        batch[1].fill(latents: [Float](repeating: 0, count: FilmedFace.latentCount)) { $0.update(repeating: .nan) }
        _ = try await runner.run(batch, inLane: 0)
        _ = try await runner.run(alone, inLane: 0)
        #expect(batch.map(\.isFinite) == [true, false])
        #expect(batch[0].withImage { FaceDifference($0, alone[0].image).max } <= 1)
        // What is left of it in the lane harms nobody.
        _ = try await runner.run(alone, inLane: 0)
        #expect(alone[0].isFinite)
    }

    @Test func aMissingGraphIsNamed() {
        let error = #expect(throws: InferenceError.self) {
            try FaceRunner(graphAt: "/nowhere/face.onnx", sizes: BatchSizes(upTo: 1))
        }
        #expect(error?.description.contains("/nowhere/face.onnx") == true)
    }
}

/// The frames whose faces the goldens have.
enum GoldenFaces {
    static let graph = MiniModel.folder.appending(path: "face.onnx").path

    static func loadRunner() throws -> FaceRunner { try FaceRunner(graphAt: graph, sizes: BatchSizes(upTo: 4)) }

    /// A device that all tests may use at the same time: loading one takes longer than most of them.
    static func pool() async throws -> FacePool<FaceRunner> { try await shared.value }

    private static let shared = Task {
        let batcher = FrameBatcher(try loadRunner(), configuration: .init(sizes: BatchSizes(upTo: 4)))
        return await FacePool(
            [.init(name: .cpu, batcher: batcher, largestBatch: 4)], model: graph, places: SpeakingPlaces()
        ) { _ in }
    }

    private static let film = Result { PlainLatents(try Golden.array("latents.npy", of: Float.self).elements) }
    private static let backwardFilm = Result {
        let latents = try Golden.array("latents.npy", of: Float.self)
        return PlainLatents((0..<8).reversed().flatMap { latents[$0] })
    }

    /// Frames with what the graph takes. The goldens' conditioning has the positional encoding in it, which the graph
    /// adds.
    /// - Parameter isBackward: the frames are of another film, in which they lie the other way round.
    static func slots(_ frames: some Sequence<Int>, isBackward: Bool = false) throws -> [FaceSlot] {
        let film = try (isBackward ? backwardFilm : film).get()
        let encoded = try Golden.array("conditioning_100_108.npy", of: Float.self)
        return frames.map { frame in
            let slot = FaceSlot()
            slot.fill(FilmedFrame(film: film, index: isBackward ? 7 - frame : frame)) { conditioning in
                for (index, value) in encoded[frame].enumerated() {
                    conditioning[index] = value - positionalEncoding(index / 384, index % 384)
                }
            }
            return slot
        }
    }

    /// "Attention Is All You Need", section 3.5.
    private static func positionalEncoding(_ step: Int, _ feature: Int) -> Float {
        let angle = Double(step) * exp(-log(10_000) / 384 * Double(feature & ~1))
        return Float(feature.isMultiple(of: 2) ? sin(angle) : cos(angle))
    }
}

/// How much the bytes of two faces differ.
struct FaceDifference {
    let max: Int
    let mean: Double

    init(_ face: UnsafeBufferPointer<UInt8>, _ other: [UInt8]) {
        let distances = zip(face, other).map { abs(Int($0) - Int($1)) }
        max = distances.max() ?? 0
        mean = Double(distances.reduce(0, +)) / Double(Swift.max(1, distances.count))
    }
}

extension FaceSlot {
    /// ``fill(_:conditioning:)`` with a frame of its own.
    func fill(latents: [Float], conditioning write: (UnsafeMutableBufferPointer<Float>) -> Void) {
        fill(FilmedFrame(film: PlainLatents(latents), index: 0), conditioning: write)
    }

    /// A copy of the face.
    var image: [UInt8] { withImage { Array($0) } }
}
