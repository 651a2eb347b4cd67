import ArgumentParser
import Testing

@testable import visavis

@Suite(.timeLimit(.minutes(10))) struct LoadCommandTests {
    @Test(arguments: [
        ("--sessions", "0"), ("--sessions", "-1"), ("--sessions", "9223372036854775807"),
        ("--seconds", "0"), ("--seconds", "inf"), ("--seconds", "1e30"), ("--seconds", "nan"),
        ("--turn-seconds", "0.5"), ("--turn-seconds", "inf"), ("--turn-seconds", "1e300"), ("--turn-seconds", "nan"),
    ])
    func aNumberOutOfItsRangeIsAUsageError(option: String, value: String) {
        let error = #expect(throws: (any Error).self) { try LoadCommand.parse(["--silent", "\(option)=\(value)"]) }
        guard let error else { return }
        #expect(LoadCommand.exitCode(for: error) == .validationFailure)
        #expect(LoadCommand.fullMessage(for: error).contains("\(option) is "))
        #expect(LoadCommand.fullMessage(for: error).contains("; expected "))
    }

    @Test(arguments: [
        ("--sessions", "1"), ("--sessions", "65535"), ("--seconds", "0.1"), ("--seconds", "604800"),
        ("--turn-seconds", "1"), ("--turn-seconds", "3600"),
    ])
    func theEndsOfARangeAreInIt(option: String, value: String) throws {
        _ = try LoadCommand.parse(["--silent", "\(option)=\(value)"])
    }

    @Test func thereMustBeSomethingToSay() {
        let error = #expect(throws: (any Error).self) { try LoadCommand.parse([]) }
        #expect(error.map { LoadCommand.fullMessage(for: $0).contains("--audio FILE") } == true)
    }
}
