import Batching
import Inference
import Synchronization
import TestSupport
import Testing

@testable import MuseTalk

@Suite(.timeLimit(.minutes(5))) struct FacePoolTests {
    private let runners = [FaultyRunner(), FaultyRunner()]
    private let reports = Reports()

    private func pool(_ runners: [FaultyRunner], batchSize: Int = 4) async -> FacePool<FaultyRunner> {
        var devices: [FacePool<FaultyRunner>.Device] = []
        for (index, runner) in runners.enumerated() {
            let batcher = FrameBatcher(
                runner, configuration: .init(sizes: BatchSizes(upTo: batchSize), policy: .fixed(batchSize)))
            await batcher.record(.milliseconds(1), forSize: 1)
            devices.append(.init(name: .cuda(index), batcher: batcher, largestBatch: batchSize))
        }
        return await FacePool(devices, model: "face.onnx", places: SpeakingPlaces()) { [reports] in reports.append($0) }
    }

    /// Makes faces at the same time, and says how bright they became; nil for one that is too late.
    private func make(
        _ brightness: [Float], in utterance: FrameJob.Utterance, of pool: FacePool<FaultyRunner>
    ) async throws -> [UInt8?] {
        let jobs = brightness.map { value in
            Task {
                let slot = FaceSlot(brightness: value)
                return try await pool.make(slot, in: utterance, isFirst: false, within: nil) ? slot.image[0] : nil
            }
        }
        var made: [UInt8?] = []
        for job in jobs { made.append(try await job.value) }
        return made
    }

    /// The real graph: two people, who speak at the same time.
    @Test(.enabled(if: Golden.exist && MiniModel.exists)) func twoAvatarsShareABatch() async throws {
        let runner = FaultyRunner(try GoldenFaces.loadRunner())
        let pool = await pool([runner])
        let speakers = [try await pool.begin(isFilm: false), try await pool.begin(isFilm: true)]
        runner.hold()
        // Of different frames, as if of different films; the first two keep the device busy.
        let slots = try GoldenFaces.slots([1, 2, 0, 7])
        let jobs = slots[..<2].map { slot in
            Task { try await pool.make(slot, in: speakers[0], isFirst: false, within: nil) }
        }
        await runner.waitForBatches(2)
        let shared = zip(slots[2...], speakers).map { slot, speaker in
            Task { try await pool.make(slot, in: speaker, isFirst: false, within: nil) }
        }
        await pool.waitForJobs(2)
        runner.release()
        for job in jobs + shared { #expect(try await job.value) }
        #expect(runner.sizes == [1, 1, 2])
        let official = try Golden.array("decoded_rgb_u8.npy", of: UInt8.self)
        for (slot, frame) in zip(slots, [1, 2, 0, 7]) {
            #expect(slot.withImage { FaceDifference($0, Array(official[frame])).max } <= 1, "frame \(frame)")
        }
    }

    @Test func utterancesGoWhereThereIsRoom() async throws {
        let pool = await pool(runners)
        for _ in 0..<4 {
            let utterance = try await pool.begin(isFilm: false)
            #expect(try await make([7], in: utterance, of: pool) == [7])
        }
        #expect(runners.map { $0.sizes.count } == [2, 2])
    }

    @Test func whenADeviceFailsItsFacesAreMadeElsewhere() async throws {
        let pool = await pool(runners)
        let utterances = [try await pool.begin(isFilm: false), try await pool.begin(isFilm: false)]
        for runner in runners { runner.hold() }
        let faces = (0..<20).map { Float($0 * 10) }
        async let made = make(faces, in: utterances[0], of: pool)
        async let others = make([3, 5], in: utterances[1], of: pool)
        await runners[0].waitForBatches(2)
        runners[0].isBroken = true
        for runner in runners { runner.release() }
        #expect(try await made == faces.map { UInt8($0) })
        #expect(try await others == [3, 5])
        #expect(reports.all == [.failed(.cuda(0), reason: "Failure()")])
        #expect(pool.places.maximum == 34, "that is 85 % of 1000 frames a second")
    }

    @Test func aDeviceThatFailedIsTriedAgain() async throws {
        let pool = await pool([runners[0]])
        let interrupted = try await pool.begin(isFilm: false)
        runners[0].isBroken = true
        await #expect(throws: FaultyRunner.Failure.self) { try await make([1], in: interrupted, of: pool) }
        let error = await #expect(throws: MuseTalkError.self) { try await pool.begin(isFilm: false) }
        #expect(error?.description.contains("Failure()") == true)
        runners[0].isBroken = false
        let next = try await until { try? await pool.begin(isFilm: false) }
        #expect(try await make([1], in: next, of: pool) == [1])
        #expect(reports.all == [.failed(.cuda(0), reason: "Failure()"), .recovered(.cuda(0))])
    }

    @Test func aFaceOfNoNumbersHarmsNoOther() async throws {
        let pool = await pool([runners[0]])
        let (broken, sound) = (try await pool.begin(isFilm: false), try await pool.begin(isFilm: false))
        async let faces = make([1, 2, 3], in: sound, of: pool)
        await #expect(throws: MuseTalkError.notFinite(model: "face.onnx")) {
            try await make([.nan], in: broken, of: pool)
        }
        #expect(try await faces == [1, 2, 3])
        #expect(reports.all.isEmpty)
    }

    /// Memory becomes short while there is work, and shorter.
    @Test func whenMemoryRunsOutNoFaceIsLost() async throws {
        let pool = await pool([runners[0]], batchSize: 16)
        let utterance = try await pool.begin(isFilm: true)
        for room in [16, 4, 1] {
            runners[0].room = room
            let faces = (0..<40).map(Float.init)
            runners[0].hold()
            async let made = make(faces, in: utterance, of: pool)
            await pool.waitForJobs(38)
            runners[0].release()
            #expect(try await made == faces.map { UInt8($0) })
            #expect(await pool.devices[0].batcher.largestBatch == room)
        }
        #expect(reports.all.isEmpty)
    }

    @Test func anUtteranceThatEndsLeavesNothingBehind() async throws {
        let pool = await pool([runners[0]])
        let utterance = try await pool.begin(isFilm: false)
        runners[0].hold()
        let jobs = (0..<5).map { _ in
            Task { try await pool.make(FaceSlot(), in: utterance, isFirst: false, within: nil) }
        }
        await runners[0].waitForBatches(2)
        await pool.waitForJobs(3)
        await pool.end(utterance)
        #expect(await pool.devices[0].batcher.waiting == 0)
        #expect(await pool.devices[0].batcher.speaking == 0)
        runners[0].release()
        var made = 0
        for job in jobs where (try? await job.value) == true { made += 1 }
        #expect(made == 2, "those that the device was at")
        await #expect(throws: CancellationError.self) {
            _ = try await pool.make(FaceSlot(), in: utterance, isFirst: false, within: nil)
        }
    }
}

extension FacePool {
    /// Returns when so many jobs wait for the first device.
    fileprivate nonisolated func waitForJobs(_ count: Int) async {
        while await devices[0].batcher.waiting < count { await Task.yield() }
    }
}

/// Tries until there is something.
private func until<Value>(_ body: () async throws -> Value?) async throws -> Value {
    while true {
        if let value = try await body() { return value }
        try await Task.sleep(for: .milliseconds(20))
    }
}

/// What a pool reports.
final class Reports: Sendable {
    private let list = Mutex<[FaceDeviceReport]>([])

    var all: [FaceDeviceReport] { list.withLock { $0 } }

    func append(_ report: FaceDeviceReport) { list.withLock { $0.append(report) } }
}
