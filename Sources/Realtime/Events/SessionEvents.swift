internal import Audio

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

/// A session as its client sees it.
struct SessionObject: Encodable, Sendable {
    private let type = "realtime"
    private let object = "realtime.session"
    private let outputModalities = ["audio"]
    private let model: String
    private let id: String
    private let instructions: String
    private let audio: AudioConfiguration
    private let avatar: AvatarDescription
    private let video: VideoConfiguration

    /// - Parameter model: what answers, by the responder's name.
    init(id: String, model: String, settings: SessionSettings, avatar: AvatarDescription) {
        self.id = id
        self.model = model
        instructions = settings.instructions
        audio = AudioConfiguration(
            input: .init(turnDetection: settings.turnDetection), output: .init(voice: settings.voice))
        self.avatar = avatar
        video = VideoConfiguration(transport: settings.videoTransport)
    }

    private struct AudioConfiguration: Encodable {
        var input: AudioInputConfiguration
        var output: AudioOutputConfiguration
    }

    private struct VideoConfiguration: Encodable {
        var transport: VideoTransport
    }
}

/// `audio/pcm` at 24 kHz: the only format of sound on the wire.
struct AudioFormat: Encodable, Sendable {
    static let type = "audio/pcm"
    static let rate = SpeechFormat.sampleRate

    private let type = AudioFormat.type
    private let rate = AudioFormat.rate
}

/// `session.audio.input`.
private struct AudioInputConfiguration: Encodable {
    let format = AudioFormat()
    var turnDetection: TurnDetectionSettings?

    private enum CodingKeys: String, CodingKey {
        case format, turnDetection
    }

    /// `turn_detection` is written even if it is off: clients tell "off" (`null`) from "not said".
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(format, forKey: .format)
        try container.encode(turnDetection, forKey: .turnDetection)
    }
}

/// `audio.output` of a session and of a response.
struct AudioOutputConfiguration: Encodable, Sendable {
    private let format = AudioFormat()
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
