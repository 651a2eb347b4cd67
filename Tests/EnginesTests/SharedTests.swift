import Synchronization
import Testing

@testable import Engines

@Suite(.timeLimit(.minutes(10))) struct SharedTests {
    private final class Model: Sendable {}
    private struct Failure: Error {}

    @Test func allWhoHoldItShareOneLoad() async throws {
        let loads = Atomic(0)
        let shared = Shared {
            loads.add(1, ordering: .relaxed)
            return Model()
        }
        async let first = shared.value()
        async let second = shared.value()
        let models = try await [first, second, shared.value()]
        #expect(models.allSatisfy { $0 === models[0] })
        let count = loads.load(ordering: .relaxed)
        #expect(count == 1)
    }

    @Test func whatNobodyHoldsIsGoneAndLoadedAgain() async throws {
        let shared = Shared { Model() }
        var model: Model? = try await shared.value()
        #expect(await shared.loaded === model)
        model = nil
        // The task that loaded it has a moment to end.
        while await shared.loaded != nil { await Task.yield() }
        model = try await shared.value()
        #expect(await shared.loaded === model)
    }

    @Test func aFailedLoadIsToldAndTheNextIsTriedAgain() async throws {
        let tries = Atomic(0)
        let shared = Shared {
            guard tries.add(1, ordering: .relaxed).newValue > 1 else { throw Failure() }
            return Model()
        }
        await #expect(throws: Failure.self) { try await shared.value() }
        _ = try await shared.value()
        let count = tries.load(ordering: .relaxed)
        #expect(count == 2)
    }
}
