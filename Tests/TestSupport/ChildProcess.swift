public import Foundation
import Glibc
import Synchronization

/// A program that a test runs; what it prints goes into files.
///
/// Not Foundation's `Process`: that learns of an end through a socket, and where several tests start processes at the
/// same time it can miss one, and wait for ever. Here the kernel is asked.
public final class ChildProcess: Sendable {
    private let id: pid_t
    /// What `waitpid` said of its end.
    private let status = Mutex<Int32?>(nil)

    /// Starts `program`, in the folder for temporary files. What cannot be started ends with status 126 or 127.
    /// - Parameters:
    ///   - output: the file for its standard output, if that is wanted.
    ///   - errors: the file for its standard error, if that is wanted.
    /// - Throws: `POSIXError` if it cannot be started.
    public init(
        _ program: URL, _ arguments: [String], environment: [String: String] = [:], output: URL? = nil,
        errors: URL? = nil
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (descriptor, file) in [(Int32(1), output), (2, errors)] {
            guard let file else { continue }
            posix_spawn_file_actions_addopen(&actions, descriptor, file.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        // The sockets and files of other tests are none of its business; closing what is not open does no harm.
        for descriptor in Int32(3)..<1024 { posix_spawn_file_actions_addclose(&actions, descriptor) }

        let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }.map { "\($0)=\($1)" }
        let folder = FileManager.default.temporaryDirectory.path
        let words = ["/usr/bin/env", "--chdir", folder, program.path] + arguments
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
        defer { for string in arguments + environment { free(string) } }
        var id: pid_t = 0
        let failure = posix_spawn(&id, words[0], &actions, nil, &arguments, &environment)
        guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .EINVAL) }
        self.id = id
    }

    deinit {
        guard isRunning else { return }
        kill(id, SIGKILL)
        _ = waitForExit()
    }

    /// Whether it still runs.
    public var isRunning: Bool { ended(WNOHANG) == nil }

    /// Waits for its end.
    /// - Returns: its exit status; nil if a signal ended it.
    @discardableResult
    public func waitForExit() -> Int32? {
        guard let status = ended(0), status & 0x7f == 0 else { return nil }
        return (status >> 8) & 0xff
    }

    /// Asks it to end: SIGTERM.
    public func terminate() {
        if isRunning { kill(id, SIGTERM) }
    }

    private func ended(_ options: Int32) -> Int32? {
        status.withLock { status in
            var found: Int32 = 0
            if status == nil, waitpid(id, &found, options) == id { status = found }
            return status
        }
    }
}
