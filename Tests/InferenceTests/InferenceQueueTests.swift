import Dispatch
import Inference
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(10)))
struct InferenceQueueTests {
    /// More of them wait for each other than Swift has threads: on those they would wait for ever.
    @Test func blockingOneHoldsUpNobodyElse() async {
        let count = 48
        let arrived = DispatchSemaphore(value: 0)
        let everybodyIsThere = DispatchSemaphore(value: 0)
        await withTaskGroup { group in
            for number in 0..<count {
                let worker = Worker("\(number)")
                group.addTask {
                    await worker.work {
                        arrived.signal()
                        everybodyIsThere.wait()
                    }
                }
            }
            await Worker("gate").work {
                for _ in 0..<count { arrived.wait() }
                for _ in 0..<count { everybodyIsThere.signal() }
            }
        }
    }

    @Test func oneThingAtATimeAndInOrder() async {
        let worker = Worker("ordered")
        let running = Running()
        await withTaskGroup { group in
            for _ in 0..<100 {
                group.addTask {
                    await worker.work {
                        #expect(running.count.add(1, ordering: .relaxed).newValue == 1)
                        running.count.subtract(1, ordering: .relaxed)
                    }
                }
            }
        }
        #expect(await worker.count == 100)
    }

    @Test func whatIsCancelledWhileItWaitsNeverStarts() async throws {
        let worker = Worker("patient")
        let isBusy = DispatchSemaphore(value: 0)
        let mayEnd = DispatchSemaphore(value: 0)
        async let busy: Void = worker.work {
            isBusy.signal()
            mayEnd.wait()
        }
        await Worker("watcher").work { isBusy.wait() }
        let waiting = Task { try await worker.workUnlessCancelled {} }
        waiting.cancel()
        mayEnd.signal()
        await busy
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(await worker.count == 1)
    }
}

private final class Running: Sendable {
    let count = Atomic(0)
}

/// An actor on a thread of its own, which counts what it has done.
private actor Worker {
    private(set) var count = 0
    private let queue: InferenceQueue

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    init(_ name: String) { queue = InferenceQueue(name) }

    func work(_ body: @Sendable () -> Void) {
        body()
        count += 1
    }

    func workUnlessCancelled(_ body: @Sendable () -> Void) throws {
        try Task.checkCancellation()
        work(body)
    }
}
