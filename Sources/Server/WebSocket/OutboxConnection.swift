import NIOCore
import Realtime
import Synchronization

/// A session's outbox that ends in a socket.
///
/// Sessions put messages in from any task; the connection's event loop takes them out as fast as the client reads.
/// The lock is held for a few instructions, never across a write. The event loop is woken once for all messages
/// that come before it gets to run, and not at all while the socket is full.
final class OutboxConnection: Outbox {
    private enum Phase {
        case open
        /// Close with this reason when all that waits is out.
        case finishing(CloseReason)
        /// Close with this reason at once: the client does not read.
        case givenUp(CloseReason)
        case closed
    }

    private struct State {
        var queue: SendQueue
        var phase = Phase.open
        var isDrainScheduled = false
        /// The socket is full; the event loop goes on by itself when there is room again.
        var isBlocked = false
        var writer: NIOLoopBound<WebSocketHandler>?

        /// Books a drain; returns who must carry it out, if anybody.
        mutating func wake() -> NIOLoopBound<WebSocketHandler>? {
            guard let writer, !isDrainScheduled, !isBlocked else { return nil }
            isDrainScheduled = true
            return writer
        }
    }

    /// What the event loop finds when it asks for work.
    enum Work {
        case write(OutboundMessage)
        case close(CloseReason)
        case nothing
    }

    private let state: Mutex<State>
    private let finishTimeout: TimeAmount
    private let eventLoop: any EventLoop

    init(limits: ConnectionLimits, eventLoop: any EventLoop) {
        state = Mutex(State(queue: SendQueue(limits: limits.backlog, now: .now)))
        finishTimeout = limits.finishTimeout
        self.eventLoop = eventLoop
    }

    /// Takes a message for the client; see ``Outbox``.
    func send(_ message: OutboundMessage) -> SendOutcome {
        let (outcome, writer) = state.withLock { state -> (SendOutcome, NIOLoopBound<WebSocketHandler>?) in
            guard case .open = state.phase else { return (.closed, nil) }
            switch state.queue.enqueue(message, now: .now) {
            case .queued: return (.queued, state.wake())
            case .droppedUntilKeyframe: return (.droppedUntilKeyframe, nil)
            case .overrun(let reason):
                state.phase = .givenUp(reason)
                state.isBlocked = false  // A full socket is no reason to wait any more.
                return (.closed, state.wake())
            }
        }
        if let writer { eventLoop.execute { writer.value.drain() } }
        return outcome
    }

    /// Closes the connection with `reason` once all that waits is out, or after a few seconds; takes nothing more.
    func finish(_ reason: CloseReason) {
        let writer = state.withLock { state -> NIOLoopBound<WebSocketHandler>? in
            guard case .open = state.phase else { return nil }
            state.phase = .finishing(reason)
            return state.wake()
        }
        if let writer { eventLoop.execute { writer.value.drain() } }
        eventLoop.scheduleTask(in: finishTimeout) { [self] in
            let writer = state.withLock { state -> NIOLoopBound<WebSocketHandler>? in
                guard case .finishing = state.phase else { return nil }
                state.phase = .givenUp(reason)
                return state.writer
            }
            writer?.value.drain()
        }
    }

    /// Bytes that wait to be written.
    var backlog: Int { state.withLock { $0.queue.totalBytes } }

    // MARK: The event loop's side

    /// The pipeline is ready to write.
    func attach(_ handler: NIOLoopBound<WebSocketHandler>) {
        let writer = state.withLock { state -> NIOLoopBound<WebSocketHandler>? in
            state.writer = handler
            return state.queue.isEmpty ? nil : state.wake()
        }
        if let writer { eventLoop.execute { writer.value.drain() } }
    }

    /// A drain begins: what is sent from now on books another one.
    /// - Returns: the reason to close at once instead, if the client has been given up.
    func drainBegins() -> CloseReason? {
        state.withLock { state in
            state.isDrainScheduled = false
            state.isBlocked = false
            guard case .givenUp(let reason) = state.phase else { return nil }
            state.phase = .closed
            return reason
        }
    }

    /// The next thing to do; asked for only while the socket has room.
    func nextWork() -> Work {
        state.withLock { state in
            if let message = state.queue.next(now: .now) { return .write(message) }
            guard case .finishing(let reason) = state.phase else { return .nothing }
            state.phase = .closed
            return .close(reason)
        }
    }

    /// The socket is full: the event loop will drain again when it is not.
    func blocked() {
        state.withLock { $0.isBlocked = true }
    }

    /// Why the client must be given up now; nil as long as it reads.
    func stall() -> CloseReason? {
        state.withLock { $0.queue.stall(now: .now) }
    }

    /// The connection is gone, or going: everything that waits is dropped.
    func closed() {
        state.withLock { state in
            state.phase = .closed
            state.queue.removeAll()
            state.writer = nil
        }
    }
}
