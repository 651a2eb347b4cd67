import Batching
import Inference
import Testing

@testable import MuseTalk

@Suite(.timeLimit(.minutes(5))) struct WarmUpTests {
    private let runner = FaultyRunner()
    private let reports = Reports()

    private func device(within budget: Duration) async throws -> FacePool<FaultyRunner>.Device {
        try await .init(.cpu, measuring: runner, within: budget, .init(sizes: BatchSizes(upTo: 6))) {
            reports.append($0)
        }
    }

    @Test func everySizeIsMeasuredBeforeAnybodyWaits() async throws {
        let device = try await device(within: .seconds(60))
        #expect(runner.sizes == [1, 2, 4, 6].flatMap { Array(repeating: $0, count: 4) })
        #expect(device.largestBatch == 6)
        #expect(await device.batcher.times.mean(ofSize: 4) == .milliseconds(4))
        #expect(await device.batcher.capacity == 1_000)
        #expect(reports.all == [1, 2, 4, 6].map { .measured(.cpu, size: $0, time: .milliseconds($0)) })
    }

    @Test func sizesForWhichThereIsNoTimeAreNotUsed() async throws {
        let device = try await device(within: .zero)
        #expect(runner.sizes == [1])
        #expect(device.largestBatch == 1)
        #expect(await device.batcher.largestBatch == 1)
        #expect(reports.all.last == .noTime(.cpu, largest: 1))
    }

    @Test func sizesForWhichThereIsNoMemoryAreNotUsed() async throws {
        runner.room = 3
        let device = try await device(within: .seconds(60))
        #expect(device.largestBatch == 2)
        #expect(await device.batcher.largestBatch == 2)
        #expect(reports.all.last == .noMemory(.cpu, largest: 2))
    }

    @Test func whereNotEvenOneFaceFitsNothingIsLoaded() async {
        runner.room = 0
        await #expect(throws: FaultyRunner.NoMemory.self) { _ = try await device(within: .seconds(60)) }
    }
}
