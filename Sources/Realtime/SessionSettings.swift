public import Responders

/// What a client may change with `session.update`, with the defaults that the server starts from.
public struct SessionSettings: Sendable, Equatable {
    /// The voice that responders speak with.
    public var voice: String
    /// Instructions for the responder; empty if there are none.
    public var instructions: String
    /// Functions that the client offers.
    public var tools: [Tool]
    /// Whether they may, or must, be called.
    public var toolChoice: ToolChoice
    /// Whether answers are said or written.
    public var output: Conversation.Output
    /// The most tokens that an answer may have; nil for no limit.
    public var maximumTokens: Int?
    /// How the client sends sound.
    public var inputFormat = AudioFormat.pcm
    /// How it wants to have it.
    public var outputFormat = AudioFormat.pcm
    /// How turns are found; `nil` if the client commits them itself.
    public var turnDetection: TurnDetectionSettings?
    /// Whether the client is told what its user says; nil if not.
    public var transcription: TranscriptionSettings?
    /// How the picture travels to the client, and the sound with it; nil if it did not ask for a picture.
    public var video: VideoTransport?

    /// Puts the parts together.
    public init(
        voice: String, instructions: String = "", tools: [Tool] = [], toolChoice: ToolChoice = .auto,
        output: Conversation.Output = .speech, maximumTokens: Int? = nil,
        turnDetection: TurnDetectionSettings? = .init(), transcription: TranscriptionSettings? = nil,
        video: VideoTransport? = nil
    ) {
        self.voice = voice
        self.instructions = instructions
        self.tools = tools
        self.toolChoice = toolChoice
        self.output = output
        self.maximumTokens = maximumTokens
        self.turnDetection = turnDetection
        self.transcription = transcription
        self.video = video
    }
}

/// What a client wants to know of its user's words. The responder decides how they are recognized, so that these are
/// kept for the client alone.
public struct TranscriptionSettings: Sendable, Equatable, Codable {
    /// The model that the client named.
    public var model: String?
    /// The language that the client expects, e.g. `en`.
    public var language: String?
    /// What the client says of the words to be expected.
    public var prompt: String?

    /// Puts the parts together.
    public init(model: String? = nil, language: String? = nil, prompt: String? = nil) {
        self.model = model
        self.language = language
        self.prompt = prompt
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
