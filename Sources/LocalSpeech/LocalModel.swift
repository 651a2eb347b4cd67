internal import Foundation
internal import Responders

/// One model in a process of its own, shared by all sessions, which wait for one another.
///
/// If the process ends, whoever asked is told why, and the next one has it started again.
public actor LocalModel {
    /// What the model is for.
    public nonisolated let job: SpeechJob
    private let program: String
    private let executor = SerialQueueExecutor(label: "visavis.local-speech")
    private var process: WorkerProcess?

    /// On a thread of its own: asking blocks.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Nothing is started before it is needed.
    /// - Parameter program: an executable that understands `speech-worker JOB`; nil for the running one.
    public init(_ job: SpeechJob, program: String? = nil) {
        self.job = job
        self.program = program ?? "/proc/self/exe"
    }

    /// A recogniser.
    public init(_ settings: LocalSettings.Recognition, program: String? = nil) {
        self.init(
            .recognition(model: settings.model, language: settings.language, threads: settings.threads),
            program: program)
    }

    /// Loads the model, if it is not loaded.
    /// - Returns: how many speakers it has; 0 for recognition.
    /// - Throws: ``LocalSpeechError``.
    @discardableResult
    public func load() throws(LocalSpeechError) -> Int { try running().greeting.speakers }

    /// The words of a turn, 24 kHz mono; empty if there are none.
    /// - Throws: ``LocalSpeechError``.
    public func recognize(_ speech: [Int16]) throws(LocalSpeechError) -> String {
        let process = try running()
        let answer = process.channel.send(.hear, samples: speech) ? process.channel.receive() : nil
        guard let answer, answer.kind == .words else { throw fail(process, answer) }
        return String(decoding: answer.bytes, as: UTF8.self)
    }

    /// Says a text, and hands over speech, 24 kHz mono, as it is made.
    /// - Parameter take: called on the model's thread; answers false to stop.
    /// - Throws: ``LocalSpeechError``.
    func speak(
        _ order: SpeechOrder, _ take: @Sendable ([Int16]) -> Bool
    ) throws(LocalSpeechError) {
        if Task.isCancelled { return }
        let process = try running()
        guard let bytes = try? JSONEncoder().encode(order), process.channel.send(.say, bytes) else {
            throw fail(process, nil)
        }
        while true {
            let answer = process.channel.receive()
            switch answer?.kind {
            case .speech:
                let isWanted = take(answer?.bytes.samples ?? []) && !Task.isCancelled
                guard process.channel.send(isWanted ? .goOn : .stop) else { throw fail(process, nil) }
            case .done: return
            default: throw fail(process, answer)
            }
        }
    }

    private func running() throws(LocalSpeechError) -> WorkerProcess {
        if let process { return process }
        let started = try WorkerProcess(job, program: program)
        process = started
        return started
    }

    /// A worker that answers `failed` goes on; any other is ended.
    private func fail(
        _ process: WorkerProcess, _ answer: (kind: WorkerChannel.Kind, bytes: Data)?
    ) -> LocalSpeechError {
        let failure = process.failure(instead: answer)
        if case .ended = failure { self.process = nil }
        return failure
    }
}
