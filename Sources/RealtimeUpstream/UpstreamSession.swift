internal import Logging
internal import Responders

/// One session's conversation with an upstream: the shell around ``UpstreamConversation``.
///
/// Everything that happens goes through one queue to one task, which owns the conversation and the connection.
final class UpstreamSession: ResponderSession {
    let notices: AsyncStream<ResponderNotice>

    private let queue: AsyncStream<UpstreamTask.Message>.Continuation

    init(_ settings: UpstreamSettings, logger: Logger) {
        let (messages, queue) = AsyncStream.makeStream(of: UpstreamTask.Message.self)
        let (notices, notifying) = AsyncStream.makeStream(of: ResponderNotice.self)
        self.notices = notices
        self.queue = queue
        Task {
            var task = UpstreamTask(settings, queue: queue, notifying: notifying, logger: logger)
            await task.run(messages)
        }
    }

    func follow(_ change: ConversationChange) { queue.yield(.input(.changed(change))) }

    func respond(to request: ResponseRequest) -> any AsyncSequence<ResponsePiece, any Error> & Sendable {
        let (pieces, answer) = AsyncThrowingStream<ResponsePiece, any Error>.makeStream()
        answer.onTermination = { [queue] termination in
            if case .cancelled = termination { queue.yield(.input(.cancelled(responseID: request.responseID))) }
        }
        queue.yield(.respond(request, answer))
        return pieces
    }

    func leave() { queue.finish() }
}

/// What owns a conversation with an upstream: it carries out what ``UpstreamConversation`` says.
struct UpstreamTask {
    /// What happens.
    enum Message: Sendable {
        case input(UpstreamConversation.Input)
        case respond(ResponseRequest, AsyncThrowingStream<ResponsePiece, any Error>.Continuation)
        /// Of the connection with this number.
        case signal(UpstreamSocket.Signal, connection: Int)
    }

    private let settings: UpstreamSettings
    private let queue: AsyncStream<Message>.Continuation
    private let notifying: AsyncStream<ResponderNotice>.Continuation
    private let logger: Logger
    private let start = ContinuousClock.now
    private var conversation: UpstreamConversation
    private var answers: [String: AsyncThrowingStream<ResponsePiece, any Error>.Continuation] = [:]
    /// Which connection counts: what others tell comes too late.
    private var connection = 0
    private var socket: UpstreamSocket?
    /// When the earliest alarm goes off.
    private var alarm: Duration?

    init(
        _ settings: UpstreamSettings, queue: AsyncStream<Message>.Continuation,
        notifying: AsyncStream<ResponderNotice>.Continuation, logger: Logger
    ) {
        self.settings = settings
        self.queue = queue
        self.notifying = notifying
        self.logger = logger
        let host = (try? UpstreamAddress(settings).host) ?? "without a host"
        conversation = UpstreamConversation(settings, host: host, at: .zero)
    }

    /// Runs until the queue ends.
    mutating func run(_ messages: AsyncStream<Message>) async {
        await withDiscardingTaskGroup { group in
            connect(in: &group)
            for await message in messages {
                if let input = input(of: message) {
                    for action in conversation.take(input, at: now) { perform(action, in: &group) }
                }
                setAlarm(in: &group)
            }
            socket?.close()
            for answer in answers.values { answer.finish(throwing: CancellationError()) }
            notifying.finish()
            group.cancelAll()
        }
    }

    private var now: Duration { ContinuousClock.now - start }

    private mutating func input(of message: Message) -> UpstreamConversation.Input? {
        switch message {
        case .input(let input):
            if case .cancelled(let id) = input { answers[id] = nil }
            if case .deadlinePassed = input { alarm = nil }
            return input
        case .respond(let request, let answer):
            answers[request.responseID] = answer
            return .asked(request)
        case .signal(.opened(let socket), let number):
            guard number == connection else {
                socket.close()
                return nil
            }
            self.socket = socket
            return nil
        case .signal(.received(let event), let number): return number == connection ? .received(event) : nil
        case .signal(.failed(let failure), let number):
            guard number == connection else { return nil }
            disconnect()
            return .failed(failure)
        }
    }

    private mutating func perform(_ action: UpstreamConversation.Action, in group: inout DiscardingTaskGroup) {
        switch action {
        case .connect: connect(in: &group)
        case .disconnect: disconnect()
        case .send(let command): send(command)
        case .yield(let piece, let id): answers[id]?.yield(piece)
        case .finish(let id, let error): answers.removeValue(forKey: id)?.finish(throwing: error)
        case .notify(let notice):
            if case .unreachable(let reason, _) = notice { logger.warning("\(reason)") }
            notifying.yield(notice)
        case .warn(let reason): logger.warning("The upstream complains.", metadata: ["reason": "\(reason)"])
        }
    }

    private func send(_ command: UpstreamCommand) {
        guard let socket else { return }
        do {
            guard try !socket.send(command.message(settings)) else { return }
            queue.yield(.signal(.failed(.slowReader), connection: connection))
        } catch {
            logger.error("An event cannot be written.", metadata: ["reason": "\(error)"])
        }
    }

    private func connect(in group: inout DiscardingTaskGroup) {
        group.addTask { [settings, queue, connection] in
            do throws(UpstreamFailure) {
                try await UpstreamSocket.open(settings) { signal in
                    if case .terminated = queue.yield(.signal(signal, connection: connection)) { false } else { true }
                }
            } catch {
                queue.yield(.signal(.failed(error), connection: connection))
            }
        }
    }

    private mutating func disconnect() {
        connection += 1
        socket?.close()
        socket = nil
    }

    private mutating func setAlarm(in group: inout DiscardingTaskGroup) {
        guard let deadline = conversation.deadline, alarm.map({ deadline < $0 }) ?? true else { return }
        alarm = deadline
        group.addTask { [queue, start] in
            guard (try? await ContinuousClock().sleep(until: start + deadline)) != nil else { return }
            queue.yield(.input(.deadlinePassed))
        }
    }
}
