import Testing

@testable import Batching

@Suite(.timeLimit(.minutes(1))) struct FrameBatcherTests {
    @Test func whoeverHasEndedGetsNoMore() async throws {
        let batcher = FrameBatcher(InstantRunner(), configuration: .init(sizes: BatchSizes(upTo: 1)))
        let utterance = await batcher.begin()
        #expect(try await batcher.make((), in: utterance, isFirst: true, within: nil) == .made)
        await batcher.end(utterance)
        await #expect(throws: CancellationError.self) {
            _ = try await batcher.make((), in: utterance, isFirst: false, within: nil)
        }
        #expect(await batcher.speaking == 0)
    }
}

/// Makes frames in no time.
private struct InstantRunner: BatchRunner {
    func run(_ batch: [Void], inLane lane: Int) async -> Duration { .zero }
    func isOutOfMemory(_ error: any Error) -> Bool { false }
}
