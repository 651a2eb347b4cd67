import Dispatch
import Synchronization
import Testing

@testable import Inference

@Suite(.timeLimit(.minutes(10)))
struct RunGateTests {
    /// The run ends only when it is seen that closing waits for it.
    @Test func closingWaitsForWhatIsUnderWay() async {
        let gate = RunGate()
        let hasBegun = DispatchSemaphore(value: 0)
        let mayEnd = DispatchSemaphore(value: 0)
        let hasEnded = Atomic(false)
        DispatchQueue.global().async {
            try? gate.pass { () throws(InferenceError) in
                hasBegun.signal()
                mayEnd.wait()
                hasEnded.store(true, ordering: .releasing)
            }
        }
        await withCheckedContinuation { begun in
            DispatchQueue.global().async {
                hasBegun.wait()
                begun.resume()
            }
        }
        await gate.close(within: .zero)
        let wasEarly = hasEnded.load(ordering: .acquiring)
        #expect(!wasEarly, "it was waited for longer than was said")
        async let closed: Void = gate.close(within: .seconds(600))
        mayEnd.signal()
        await closed
        let isOver = hasEnded.load(ordering: .acquiring)
        #expect(isOver)
    }

    @Test func nothingBeginsOnceItIsClosed() async throws {
        let gate = RunGate()
        #expect(try gate.pass { () throws(InferenceError) in 1 } == 1)
        await gate.close(within: .seconds(600))
        #expect(throws: InferenceError.ending) {
            try gate.pass { () throws(InferenceError) in Issue.record("it ran") }
        }
    }
}
