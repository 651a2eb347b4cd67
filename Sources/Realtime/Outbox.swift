/// Where a session puts what its client is to receive. The edge implements it; the session never waits for it.
public protocol Outbox: Sendable {
    /// Takes a message for the client.
    ///
    /// Events and audio are never lost while the connection lives. Video may be dropped when the client reads
    /// too slowly; then everything up to the next keyframe is dropped as well.
    func send(_ message: OutboundMessage) -> SendOutcome
}

/// What became of a message.
public enum SendOutcome: Sendable, Equatable {
    /// It is on its way.
    case queued
    /// A video frame was dropped; the next one that will be taken is a keyframe, so make one.
    case droppedUntilKeyframe
    /// The connection is gone: stop working for it.
    case closed
}

/// One WebSocket message for a client, already encoded.
public struct OutboundMessage: Sendable, Equatable {
    /// What is in it, as far as the edge must know to decide what may be dropped.
    public enum Kind: Sendable, Equatable {
        /// A protocol event other than a delta of sound or picture.
        case event
        /// Sound.
        case audio
        /// A video frame.
        case video(isKeyframe: Bool)
    }

    /// What is in it.
    public var kind: Kind
    /// True for a binary message, false for UTF-8 text (JSON).
    public var isBinary: Bool
    /// The message itself.
    public var bytes: [UInt8]

    /// Puts the parts together.
    public init(kind: Kind, isBinary: Bool, bytes: [UInt8]) {
        self.kind = kind
        self.isBinary = isBinary
        self.bytes = bytes
    }
}
