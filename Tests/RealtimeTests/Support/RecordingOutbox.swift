import Foundation
import Realtime
import Synchronization

/// A client that keeps everything it is sent.
final class RecordingOutbox: Outbox {
    private struct State {
        var messages: [Received] = []
        var outcomes: [(OutboundMessage.Kind) -> SendOutcome?] = []
        var watchers: [Watcher] = []
        var nextWatcherID = 0
    }

    private struct Watcher {
        var id: Int
        var isDone: @Sendable (ArraySlice<Received>) -> Bool
        var wake: CheckedContinuation<Void, Never>
    }

    private let state = Mutex(State())
    private let clock: any SessionClock
    private let outcome: @Sendable (Int, OutboundMessage) -> SendOutcome
    private let onSend: @Sendable (Int) -> Void

    /// - Parameters:
    ///   - outcome: what the connection answers to message number n.
    ///   - onSend: called after message number n was taken.
    init(
        clock: any SessionClock,
        outcome: @escaping @Sendable (Int, OutboundMessage) -> SendOutcome = { _, _ in .queued },
        onSend: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.clock = clock
        self.outcome = outcome
        self.onSend = onSend
    }

    func send(_ message: OutboundMessage) -> SendOutcome {
        let now = clock.now
        let (number, due) = state.withLock { state in
            let number = state.messages.count
            state.messages.append(Received(message: message, time: now))
            let due = state.watchers.filter { $0.isDone(state.messages[...]) }
            state.watchers.removeAll { $0.isDone(state.messages[...]) }
            return (number, due)
        }
        for watcher in due { watcher.wake.resume() }
        defer { onSend(number) }
        return outcome(number, message)
    }

    /// Everything so far.
    var messages: [Received] { state.withLock { $0.messages } }

    /// The types of all events so far, deltas included.
    var types: [String] { messages.map(\.type) }

    /// Everything of one type.
    func all(_ type: String) -> [Received] { messages.filter { $0.type == type } }

    /// Waits until the messages so far satisfy `isDone`, or the test is out of time.
    func wait(until isDone: @escaping @Sendable (ArraySlice<Received>) -> Bool) async {
        let id = state.withLock { state in
            state.nextWatcherID += 1
            return state.nextWatcherID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { wake in
                let isOver = state.withLock { state in
                    // Under the lock: a cancellation either is seen here, or finds the watcher.
                    if Task.isCancelled || isDone(state.messages[...]) { return true }
                    state.watchers.append(Watcher(id: id, isDone: isDone, wake: wake))
                    return false
                }
                if isOver { wake.resume() }
            }
        } onCancel: {
            let watcher = state.withLock { state in
                state.watchers.firstIndex { $0.id == id }.map { state.watchers.remove(at: $0) }
            }
            watcher?.wake.resume()
        }
    }

    /// Waits until there are `count` messages of `type`.
    func wait(for type: String, count: Int = 1) async {
        await wait { $0.count { $0.type == type } >= count }
    }
}

/// A message as its client sees it.
struct Received: Sendable {
    var message: OutboundMessage
    /// When it was sent.
    var time: Duration
    let type: String
    private let readEvent: JSON?

    init(message: OutboundMessage, time: Duration) {
        self.message = message
        self.time = time
        switch message.kind {
        case .event:
            let event = Self.event(message)
            readEvent = event
            type = event["type"].string ?? "?"
        case .audio:
            readEvent = nil
            type = "response.output_audio.delta"
        case .video:
            readEvent = nil
            type = "response.output_video.delta"
        }
    }

    /// The event; of a binary message, the fields that the same event has in JSON. Deltas are read when they are
    /// looked at.
    var event: JSON { readEvent ?? Self.event(message) }

    private static func event(_ message: OutboundMessage) -> JSON {
        guard message.isBinary else { return JSON(message.bytes) }
        guard let (header, payload) = try? BinaryMessage.parse(message.bytes) else { return .null }
        let delta = JSON.string(Data(message.bytes[payload...]).base64EncodedString())
        var fields: [String: JSON] = ["delta": delta, "response_id": .string(header.responseID)]
        switch header.kind {
        case .audio:
            fields["type"] = "response.output_audio.delta"
            fields["first"] = .number(Double(header.index))
        case .video, .idleVideo:
            fields["type"] = "response.output_video.delta"
            fields["frame"] = .number(Double(header.index))
            fields["base_frame"] = .number(Double(header.baseFrame))
            fields["keyframe"] = .bool(header.isKeyframe)
        }
        fields["pts_us"] = .number(Double(header.ptsMicroseconds))
        return .object(fields)
    }

    /// The sound of an audio delta.
    var samples: [Int16] {
        guard let text = event["delta"].string, let data = Data(base64Encoded: text) else { return [] }
        return data.withUnsafeBytes { bytes in
            (0..<(bytes.count / 2)).map { bytes.loadUnaligned(fromByteOffset: $0 * 2, as: Int16.self) }
        }
    }

    /// True for a delta of sound or picture.
    var isDelta: Bool { message.kind != .event }
}
