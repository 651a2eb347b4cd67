import Testing

@testable import Server

@Suite(.timeLimit(.minutes(10))) struct KeepAliveTests {
    @Test func whoAnswersIsPingedForever() {
        var keepAlive = KeepAlive()
        for _ in 0..<1000 {
            #expect(keepAlive.intervalPassed() == .ping)
            keepAlive.received()
        }
    }

    @Test func whoIsSilentForAnIntervalAfterAPingIsGivenUp() {
        var keepAlive = KeepAlive()
        #expect(keepAlive.intervalPassed() == .ping)
        #expect(keepAlive.intervalPassed() == .giveUp)
    }
}
