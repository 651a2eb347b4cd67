import ArgumentParser
import Dispatch
import Foundation

/// Ctrl-C and SIGTERM, for commands that have something to clean up.
enum Interruption {
    /// Runs `body`, and cancels it when the process is told to stop.
    /// - Throws: what `body` throws; the shell's exit code for an interrupted command, 130, if it was cancelled.
    static func cancels(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let task = Task { try await body() }
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { task.cancel() }
            source.activate()
            return source
        }
        defer {
            for source in sources { source.cancel() }
            for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        }
        do {
            try await task.value
        } catch is CancellationError {
            throw ExitCode(130)
        }
    }
}
