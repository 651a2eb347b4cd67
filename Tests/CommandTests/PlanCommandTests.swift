import ArgumentParser
import Testing

@testable import visavis

@Suite(.timeLimit(.minutes(10))) struct PlanCommandTests {
    @Test(arguments: [
        ("--sessions", "0", "sessions is 0; expected a number from 1 to 1000000"),
        ("--speaking-share", "0", "speaking share is 0.0; expected a number above 0, at most 1"),
        ("--fps", "nan", "fps is nan; expected a number from 1 to 240"),
        ("--latency", "0ms", "latency is 0.0; expected a number of seconds from 0.001 to 60"),
        ("--budget=-1", "", "budget is -1.0; expected a number from 1 to"),
        ("--certainty", "1", "certainty is 1.0; expected a number from 0.5 to 0.999999"),
    ])
    func whatCannotBePlannedForIsAUsageError(option: String, value: String, message: String) {
        let arguments = ["--sessions", "100", option] + (value.isEmpty ? [] : [value])
        let error = #expect(throws: (any Error).self) { try PlanCommand.parse(arguments) }
        guard let error else { return }
        #expect(PlanCommand.exitCode(for: error) == .validationFailure)
        #expect(PlanCommand.fullMessage(for: error).contains(message))
    }

    @Test(arguments: [("200ms", 0.2), ("0.5s", 0.5), ("2s", 2)])
    func aLatencyHasItsUnit(text: String, seconds: Double) throws {
        let command = try PlanCommand.parse(["--sessions", "1", "--latency", text])
        #expect(abs(command.latency.seconds - seconds) < 1e-12)
    }

    @Test(arguments: ["200", "ms", "fast", ""])
    func aLatencyWithoutOneIsRefused(text: String) {
        #expect(throws: (any Error).self) { try PlanCommand.parse(["--sessions", "1", "--latency", text]) }
    }
}
