internal import Foundation
internal import Glibc

/// A worker process as Visavis sees it: started with a model, told over a socket, gone with this object.
///
/// It blocks for as long as the worker takes: whoever has it, has a thread for it.
final class WorkerProcess {
    let channel: WorkerChannel
    let greeting: WorkerGreeting
    private let job: SpeechJob
    private let process: pid_t
    /// What the worker writes to its standard error.
    private let log: Int32

    /// How long a worker may be silent before it is given up: models take seconds to load, and a minute of speech
    /// seconds to recognise.
    private static let patienceSeconds = 120

    /// Starts a worker, and returns when its model is loaded.
    /// - Parameter program: an executable that understands `speech-worker JOB`.
    /// - Throws: ``LocalSpeechError``.
    init(_ job: SpeechJob, program: String) throws(LocalSpeechError) {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw .notStarted(program: program, reason: String(cString: strerror(errno)))
        }
        let log = Self.nameless()
        let process: pid_t
        do throws(LocalSpeechError) {
            process = try Self.start(job, program: program, socket: ends[1], log: log)
        } catch {
            for file in ends + [log] { close(file) }
            throw error
        }
        // The worker's alone from now on, so that it shows here when that ends.
        close(ends[1])
        var patience = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
        setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        self.job = job
        self.process = process
        self.log = log
        channel = WorkerChannel(socket: ends[0])
        let first = channel.receive()
        let greeting = first.flatMap { try? JSONDecoder().decode(WorkerGreeting.self, from: $0.bytes) }
        self.greeting = greeting ?? WorkerGreeting(speakers: 0)
        // Thrown from here on, the object ends the process.
        guard greeting != nil else { throw failure(instead: first) }
    }

    deinit {
        close(channel.socket)
        close(log)
        kill(process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }

    /// Why there is no answer, or not the one that was expected.
    func failure(instead message: (kind: WorkerChannel.Kind, bytes: Data)?) -> LocalSpeechError {
        if let message, message.kind == .failed {
            return .refused(model: job.model, reason: String(decoding: message.bytes, as: UTF8.self))
        }
        return .ended(model: job.model, reason: lastWords())
    }

    /// The last lines that the worker wrote to its standard error.
    private func lastWords() -> String {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let end = lseek(log, 0, SEEK_END)
        let count = pread(log, &bytes, bytes.count, max(0, end - off_t(bytes.count)))
        let lines = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: "\n")
        return lines.isEmpty ? "it says nothing" : lines.suffix(3).joined(separator: " ")
    }

    /// A file that nobody else sees, gone when it is closed.
    private static func nameless() -> Int32 {
        var name = Array(FileManager.default.temporaryDirectory.appending(path: "visavis-XXXXXX").path.utf8CString)
        let file = mkstemp(&name)
        unlink(name)
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        return file
    }

    private static func start(
        _ job: SpeechJob, program: String, socket: Int32, log: Int32
    ) throws(LocalSpeechError) -> pid_t {
        guard let description = try? JSONEncoder().encode(job) else {
            throw .notStarted(program: program, reason: "the job cannot be written as JSON")
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, log, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, log, STDERR_FILENO)
        posix_spawn_file_actions_adddup2(&actions, socket, SpeechWorker.socket)
        // Ctrl-C in a terminal ends the server, which lets answers finish.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let words = ["visavis", "speech-worker", String(decoding: description, as: UTF8.self)]
        let arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        // Of a worker that the library ends, the library's words are wanted, and not where Swift was.
        let variables = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        let environment = variables.map { strdup("\($0)=\($1)") } + [nil]
        defer { for variable in environment { free(variable) } }
        var process: pid_t = 0
        let status = posix_spawn(&process, program, &actions, &attributes, arguments, environment)
        guard status == 0 else { throw .notStarted(program: program, reason: String(cString: strerror(status))) }
        return process
    }
}
