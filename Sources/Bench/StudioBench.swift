public import Avatars
import Batching
public import LipSync
import Synchronization

/// The built-in engine: frames are painted and compressed on cores, each of which makes a batch of frames in a row, one
/// for each of as many speakers.
public struct StudioBench: BenchSubject {
    /// `viseme`.
    public let engine = "viseme"
    /// None.
    public let model = ""
    /// The processor.
    public let device = "cpu"

    private let avatar: Avatar
    private let lips: VisemeEngine
    private let cores: Int

    /// - Parameters:
    ///   - avatar: who is painted.
    ///   - lips: what moves the lips.
    ///   - cores: frames that are made at the same time.
    public init(_ avatar: Avatar, lips: VisemeEngine, cores: Int) {
        self.avatar = avatar
        self.lips = lips
        self.cores = cores
    }

    /// Opens a studio.
    public func prepare(batchSize: Int) async throws -> any BenchWork {
        _ = try avatar.riggedFace(for: engine)
        let batches = MeasuredBatches(size: batchSize)
        let studio = FrameStudio(cores: cores, policy: .fixed(batchSize), observer: batches)
        return StudioBenchWork(
            performer: Performer(avatar: avatar, engine: lips, studio: studio), batches: batches,
            speakers: batchSize * cores)
    }

    /// Frames are small: never.
    public func isOutOfMemory(_ error: any Error) -> Bool { false }
}

private struct StudioBenchWork: BenchWork {
    let performer: Performer
    let batches: MeasuredBatches
    let speakers: Int

    @concurrent
    func make(_ speech: [Int16]) async throws -> BenchTimes {
        _ = batches.take()
        let start = ContinuousClock.now
        let frames = try await withThrowingTaskGroup { group in
            for _ in 0..<speakers { group.addTask { try await speak(speech) } }
            return try await group.reduce(0, +)
        }
        let time = ContinuousClock.now - start
        // One of the speakers' share.
        return BenchTimes(speech: time / speakers, batches: time, frames: frames, batch: batches.take())
    }

    private func speak(_ speech: [Int16]) async throws -> Int {
        let video = try performer.startUtterance(atBaseFrame: 0)
        await video.append(speech)
        await video.finish()
        var count = 0
        // As somebody's who waits for it, patiently: a film would not go through the studio.
        while try await video.nextFrame(within: .seconds(600)) != nil { count += 1 }
        return count
    }
}

/// How long full batches take.
private final class MeasuredBatches: BatchObserver {
    private let size: Int
    private let times = Mutex<[Duration]>([])

    init(size: Int) { self.size = size }

    func finished(size: Int, took: Duration, limit: Int, capacity: Double) {
        if size == self.size { times.withLock { $0.append(took) } }
    }

    func take() -> [Duration] {
        times.withLock { times in
            defer { times = [] }
            return times
        }
    }
}
