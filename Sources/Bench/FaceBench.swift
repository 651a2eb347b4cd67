import Batching
import Foundation
public import Inference
public import Models
import MuseTalk

/// MuseTalk: a speech is heard, and its faces are made on one device, in batches that are always full.
public struct FaceBench: BenchSubject {
    /// `musetalk`.
    public let engine = "musetalk"
    /// The model's name or path.
    public let model: String
    /// Where the face graph runs.
    public var device: String { "\(inferenceDevice)" }

    private let directory: ModelDirectory
    private let inferenceDevice: InferenceDevice
    private let threads: Int?

    /// - Parameters:
    ///   - name: what the model is called.
    ///   - threads: on the CPU; nil for one a core.
    public init(_ name: String, _ directory: ModelDirectory, on device: InferenceDevice, threads: Int?) {
        model = name
        self.directory = directory
        inferenceDevice = device
        self.threads = threads
    }

    /// Loads the graphs; that takes seconds for large ones.
    @concurrent
    public func prepare(batchSize: Int) async throws -> any BenchWork {
        FaceBenchWork(
            speech: try SpeechModel(directory, hearing: .streaming, device: inferenceDevice, threads: threads),
            runner: try FaceRunner(
                graphAt: directory.graph(.face).path, device: inferenceDevice, threads: threads,
                sizes: BatchSizes(upTo: batchSize)),
            batchSize: batchSize)
    }

    /// Whether the device, or the machine, has no memory left.
    public func isOutOfMemory(_ error: any Error) -> Bool { (error as? InferenceError)?.isOutOfMemory == true }
}

private struct FaceBenchWork: BenchWork {
    let speech: SpeechModel
    let runner: FaceRunner
    let batchSize: Int

    @concurrent
    func make(_ samples: [Int16]) async throws -> BenchTimes {
        let start = ContinuousClock.now
        let slots = try await FaceWork.slots(of: samples, heardBy: speech)
        let heard = ContinuousClock.now
        let count = (slots.count + batchSize - 1) / batchSize
        // As in the server, one lane copies while the graph works for the other.
        let lanes = BatchScheduler.Lanes.pipelined.count
        let times = try await withThrowingTaskGroup { group in
            for lane in 0..<lanes {
                group.addTask {
                    var times: [Duration] = []
                    for batch in stride(from: lane, to: count, by: lanes) {
                        // What is missing in the last batch is somebody else's: zeros, that take as long.
                        let mine = slots[(batch * batchSize)..<min((batch + 1) * batchSize, slots.count)]
                        let jobs = mine + (mine.count..<batchSize).map { _ in FaceSlot() }
                        times.append(try await runner.run(Array(jobs), inLane: lane))
                    }
                    return times
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let end = ContinuousClock.now
        return BenchTimes(speech: end - start, batches: end - heard, frames: count * batchSize, batch: times)
    }
}
