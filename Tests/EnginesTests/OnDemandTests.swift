import Engines
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(10))) struct OnDemandTests {
    /// Counts loads, and holds each until it is let go.
    private final class Loads: Sendable {
        private struct Failure: Error {}

        private let begun = Mutex(0)
        private let (gates, opened) = AsyncStream.makeStream(of: Bool.self)

        /// How many loads have begun.
        var count: Int { begun.withLock { $0 } }

        /// Lets a load go.
        func finish(successfully: Bool = true) { opened.yield(successfully) }

        func load() async throws -> Int {
            let number = begun.withLock { count in
                count += 1
                return count
            }
            for await success in gates {
                if success { return number }
                break
            }
            throw Failure()
        }
    }

    @Test func allWhoAskShareOneLoad() async throws {
        let loads = Loads()
        let value = OnDemand { try await loads.load() }
        #expect(loads.count == 0)
        async let first = value.value()
        async let second = value.value()
        loads.finish()
        #expect(try await [first, second, value.value()] == [1, 1, 1])
    }

    @Test func aFailedLoadIsToldAndTheNextIsTriedAgain() async throws {
        let loads = Loads()
        let value = OnDemand { try await loads.load() }
        loads.finish(successfully: false)
        await #expect(throws: (any Error).self) { try await value.value() }
        loads.finish()
        #expect(try await value.value() == 2)
    }

    @Test func whoGivesUpEndsNoLoadOfOthers() async throws {
        let loads = Loads()
        let value = OnDemand { try await loads.load() }
        let impatient = Task { try await value.value() }
        while loads.count == 0 { await Task.yield() }
        impatient.cancel()
        async let patient = value.value()
        loads.finish()
        #expect(try await patient == 1)
    }
}
