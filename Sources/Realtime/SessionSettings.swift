/// What a client may change with `session.update`, with the defaults that the server starts from.
public struct SessionSettings: Sendable, Equatable {
    /// The voice that responders speak with.
    public var voice: String
    /// Instructions for the responder; empty if there are none.
    public var instructions: String
    /// How turns are found; `nil` if the client commits them itself.
    public var turnDetection: TurnDetectionSettings?
    /// How sound and picture travel to the client.
    public var videoTransport: VideoTransport

    /// Puts the parts together.
    public init(
        voice: String, instructions: String = "", turnDetection: TurnDetectionSettings? = .init(),
        videoTransport: VideoTransport = .base64
    ) {
        self.voice = voice
        self.instructions = instructions
        self.turnDetection = turnDetection
        self.videoTransport = videoTransport
    }
}

/// How sound and picture travel to the client.
public enum VideoTransport: String, Sendable, Codable, CaseIterable {
    /// As base64 inside JSON events.
    case base64
    /// As binary messages with a header, see ``BinaryMessage``.
    case binary
}

/// How the server finds where a turn starts and ends (`turn_detection` of type `server_vad`).
public struct TurnDetectionSettings: Sendable, Equatable {
    /// Speech probability from which a frame counts as speech, 0.01…1: at 0 silence would. Higher asks for clearer
    /// speech.
    public var threshold: Double
    /// How much sound before the detected start belongs to the turn, in milliseconds, 0…5000.
    public var prefixPaddingMs: Int
    /// How long it must be silent for the turn to end, in milliseconds, 50…10000.
    public var silenceDurationMs: Int
    /// True if the end of a turn starts a response.
    public var createResponse: Bool
    /// True if the start of a turn interrupts the response that is being given (barge-in).
    public var interruptResponse: Bool
    /// How much must be said to interrupt, in milliseconds, 0…2000: less is a cough, or an "uh-huh". Not in OpenAI's
    /// protocol; 0 interrupts at once, as there.
    public var interruptionMs: Int

    /// Puts the parts together; the defaults are those of OpenAI's protocol where it has them.
    public init(
        threshold: Double = 0.5, prefixPaddingMs: Int = 300, silenceDurationMs: Int = 500,
        createResponse: Bool = true, interruptResponse: Bool = true, interruptionMs: Int = 400
    ) {
        self.threshold = threshold
        self.prefixPaddingMs = prefixPaddingMs
        self.silenceDurationMs = silenceDurationMs
        self.createResponse = createResponse
        self.interruptResponse = interruptResponse
        self.interruptionMs = interruptionMs
    }
}
