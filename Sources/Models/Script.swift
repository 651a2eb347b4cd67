import Foundation
import Subprocess

/// A program that is run for what it prints.
struct Script: Sendable {
    /// How it ended.
    struct Outcome: Sendable {
        /// Whether it succeeded.
        var isSuccess: Bool
        /// The last lines that it printed and nobody wanted.
        var tail: [String]
    }

    /// How many of its last lines are kept to explain a failure.
    static let keptLines = 12

    /// Its path, or a name to be looked for in PATH.
    let program: String
    let arguments: [String]
    /// What it is told beyond what this process was.
    var environment: [Environment.Key: String?] = [:]

    /// Runs it to its end; when the task is cancelled, it is told to stop, and after a while is made to.
    /// - Parameter onLine: is called with each line, of standard output and of standard error; false for a line that
    ///   may explain a failure.
    /// - Throws: `SubprocessError` if it cannot be started; `CancellationError`.
    func run(onLine: (String) -> Bool) async throws -> Outcome {
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(10))]
        let result = try await Subprocess.run(
            .name("env"), arguments: .init([program] + arguments), environment: .inherit.updating(environment),
            platformOptions: options, input: .none, output: .sequence, error: .combinedWithOutput
        ) { execution in
            var tail: [String] = []
            for try await line in execution.standardOutput.strings(bufferingPolicy: .unbounded) {
                let words = line.trimmingCharacters(in: .whitespacesAndNewlines)
                guard !words.isEmpty, !onLine(words) else { continue }
                tail.append(words)
                if tail.count > Self.keptLines { tail.removeFirst() }
            }
            return tail
        }
        try Task.checkCancellation()
        return Outcome(isSuccess: result.terminationStatus.isSuccess, tail: result.closureResult)
    }
}
