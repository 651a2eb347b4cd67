import NIOCore
import Realtime

/// Decides what becomes of messages that a client does not read fast enough.
///
/// Events and sound are never dropped; video is, up to the next keyframe, once too much of it waits. A client that
/// lets more than ``Limits/totalBytes`` pile up, or takes nothing for ``Limits/patience``, is given up. So the memory
/// that one connection can hold is `totalBytes` plus one message, whatever the client does.
struct SendQueue: Sendable {
    /// How much may wait.
    struct Limits: Sendable, Equatable {
        /// Bytes of waiting video above which new video is dropped; it is taken again once half of that waits.
        var videoBytes: Int
        /// Bytes of all waiting messages from which on the connection is given up when one more comes.
        var totalBytes: Int
        /// How long a client may take nothing while something waits.
        var patience: Duration

        /// Puts the parts together.
        init(videoBytes: Int = 1 << 20, totalBytes: Int = 16 << 20, patience: Duration = .seconds(10)) {
            self.videoBytes = videoBytes
            self.totalBytes = totalBytes
            self.patience = patience
        }
    }

    /// What became of a message.
    enum Admission: Sendable, Equatable {
        /// It waits for its turn.
        case queued
        /// It is video, and was dropped; the next video that is taken is a keyframe.
        case droppedUntilKeyframe
        /// The client is hopeless: close with this reason. Everything that waited is gone.
        case overrun(CloseReason)
    }

    private let limits: Limits
    private var waiting = CircularBuffer<OutboundMessage>()
    private var needsKeyframe = false
    private var lastProgress: ContinuousClock.Instant

    /// Bytes that wait.
    private(set) var totalBytes = 0
    /// Bytes of video that wait.
    private(set) var videoBytes = 0
    /// True if nothing waits.
    var isEmpty: Bool { waiting.isEmpty }

    /// An empty queue, at the time `now`.
    init(limits: Limits = Limits(), now: ContinuousClock.Instant) {
        self.limits = limits
        lastProgress = now
    }

    /// Takes `message` at the time `now`, or drops it.
    mutating func enqueue(_ message: OutboundMessage, now: ContinuousClock.Instant) -> Admission {
        if let reason = stall(now: now) { return overrun(reason) }
        if case .video(let isKeyframe) = message.kind {
            let limit = needsKeyframe ? limits.videoBytes / 2 : limits.videoBytes
            if videoBytes > limit || (needsKeyframe && !isKeyframe) {
                needsKeyframe = true
                return .droppedUntilKeyframe
            }
            needsKeyframe = false
            videoBytes += message.bytes.count
        }
        // What waited before counts, not the message: a client that reads everything gets answers of any size.
        guard totalBytes < limits.totalBytes else {
            return overrun(.tooSlow("\(totalBytes) bytes wait for it, and \(limits.totalBytes) may"))
        }
        if waiting.isEmpty { lastProgress = now }
        totalBytes += message.bytes.count
        waiting.append(message)
        return .queued
    }

    /// Hands out the next message to write, at the time `now`: the client had room for it.
    mutating func next(now: ContinuousClock.Instant) -> OutboundMessage? {
        guard let message = waiting.popFirst() else { return nil }
        lastProgress = now
        totalBytes -= message.bytes.count
        if case .video = message.kind { videoBytes -= message.bytes.count }
        return message
    }

    /// Why the client must be given up at the time `now`; nil as long as it takes what it is sent.
    func stall(now: ContinuousClock.Instant) -> CloseReason? {
        guard !waiting.isEmpty, now - lastProgress > limits.patience else { return nil }
        return .tooSlow("it took nothing for \(limits.patience)")
    }

    /// Drops everything.
    mutating func removeAll() {
        waiting = CircularBuffer()
        totalBytes = 0
        videoBytes = 0
    }

    private mutating func overrun(_ reason: CloseReason) -> Admission {
        removeAll()
        return .overrun(reason)
    }
}
