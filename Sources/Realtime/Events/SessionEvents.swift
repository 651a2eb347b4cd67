/// The first event of every session.
struct SessionCreated: ServerEvent {
    static let type = "session.created"
    var session: SessionObject
}

/// The answer to `session.update`: everything that is in effect now.
struct SessionUpdated: ServerEvent {
    static let type = "session.updated"
    var session: SessionObject
}

/// A session as its client sees it. What Visavis adds is only there for those who asked for the picture.
struct SessionObject: Encodable, Sendable {
    private let type = "realtime"
    private let object = "realtime.session"
    private let outputModalities: [String]
    private let model: String
    private let id: String
    private let instructions: String
    private let audio: AudioConfiguration
    private let tools: [ToolObject]
    private let toolChoice: ToolChoiceField
    private let maxOutputTokens: TokenLimit
    private let avatar: AvatarDescription?
    private let video: VideoConfiguration?

    /// - Parameter model: what answers, by the responder's name.
    init(id: String, model: String, settings: SessionSettings, avatar: AvatarDescription) {
        self.id = id
        self.model = model
        outputModalities = settings.output.modalities
        instructions = settings.instructions
        audio = AudioConfiguration(
            input: .init(
                format: settings.inputFormat, transcription: settings.transcription,
                turnDetection: settings.turnDetection),
            output: .init(format: settings.outputFormat, voice: settings.voice))
        tools = settings.tools.map(ToolObject.init)
        toolChoice = ToolChoiceField(settings.toolChoice)
        maxOutputTokens = TokenLimit(settings.maximumTokens)
        self.avatar = settings.video == nil ? nil : avatar
        video = settings.video.map(VideoConfiguration.init)
    }

    private struct AudioConfiguration: Encodable {
        var input: AudioInputConfiguration
        var output: AudioOutputConfiguration
    }

    private struct VideoConfiguration: Encodable {
        var transport: VideoTransport
    }
}

/// `session.audio.input`.
private struct AudioInputConfiguration: Encodable {
    var format: AudioFormat
    var transcription: TranscriptionSettings?
    var turnDetection: TurnDetectionSettings?

    private enum CodingKeys: String, CodingKey {
        case format, transcription, noiseReduction, turnDetection
    }

    /// What is off is written as well: clients tell "off" (`null`) from "not said".
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(format, forKey: .format)
        try container.encode(transcription, forKey: .transcription)
        try container.encodeNil(forKey: .noiseReduction)
        try container.encode(turnDetection, forKey: .turnDetection)
    }
}

/// `audio.output` of a session and of a response.
struct AudioOutputConfiguration: Encodable, Sendable {
    var format: AudioFormat
    var voice: String
}

extension TurnDetectionSettings: Encodable {
    static let type = "server_vad"

    private enum CodingKeys: String, CodingKey {
        case type, threshold, prefixPaddingMs, silenceDurationMs, createResponse, interruptResponse, interruptionMs
    }

    /// Writes the object `turn_detection`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Self.type, forKey: .type)
        try container.encode(threshold, forKey: .threshold)
        try container.encode(prefixPaddingMs, forKey: .prefixPaddingMs)
        try container.encode(silenceDurationMs, forKey: .silenceDurationMs)
        try container.encode(createResponse, forKey: .createResponse)
        try container.encode(interruptResponse, forKey: .interruptResponse)
        try container.encode(interruptionMs, forKey: .interruptionMs)
    }
}
