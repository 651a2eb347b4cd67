import Testing

@testable import Batching

@Suite struct BatchSizePolicyTests {
    @Test(arguments: ["adaptive", "memory", "fixed:1", "fixed:16", "fixed:64"])
    func saysWhatItWasReadFrom(text: String) throws {
        #expect(try BatchSizePolicy(text).description == text)
    }

    @Test(arguments: ["", "fixed", "fixed:", "fixed:0", "fixed:65", "fixed:4:4", "fixed:four", "Adaptive"])
    func refusesWhatDecidesNothing(text: String) {
        #expect(throws: BatchingError.policy(text)) { try BatchSizePolicy(text) }
    }
}
