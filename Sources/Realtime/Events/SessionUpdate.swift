/// What a `session.update` changes; `nil` where it says nothing.
struct SessionUpdate: Sendable, Equatable {
    var instructions: String?
    var audio: AudioUpdate?
    var videoTransport: VideoTransport?

    /// The settings after the update, which is applied as a whole or not at all.
    /// - Parameter voices: the names that are voices.
    func applied(to settings: SessionSettings, voices: Set<String>) throws(EventError) -> SessionSettings {
        var settings = settings
        if let instructions { settings.instructions = instructions }
        if let videoTransport { settings.videoTransport = videoTransport }
        if let voice = audio?.output?.voice {
            try voices.check(voice, param: "session.audio.output.voice")
            settings.voice = voice
        }
        switch audio?.input?.turnDetection {
        case nil: break
        case .off: settings.turnDetection = nil
        case .serverVAD(let changes): settings.turnDetection = changes.applied(to: settings.turnDetection ?? .init())
        }
        return settings
    }
}

extension Set<String> {
    /// Checks that `voice` is one of these.
    func check(_ voice: String, param: String) throws(EventError) {
        guard !contains(voice) else { return }
        throw EventError(
            code: .invalidValue,
            message: "There is no voice \(voice.quotedForMessage). "
                + "Voices are: \(sorted().joined(separator: ", ")); /v1/voices describes them.",
            param: param)
    }
}

/// `audio` of a session or of a response.
struct AudioUpdate: Sendable, Equatable {
    struct Input: Sendable, Equatable {
        var turnDetection: TurnDetectionUpdate?
    }

    struct Output: Sendable, Equatable {
        var voice: String?
    }

    var input: Input?
    var output: Output?
}

/// `turn_detection`.
enum TurnDetectionUpdate: Sendable, Equatable {
    /// `null`: the client commits turns itself.
    case off
    case serverVAD(Changes)

    /// `nil` where nothing changes.
    struct Changes: Sendable, Equatable {
        var threshold: Double?
        var prefixPaddingMs: Int?
        var silenceDurationMs: Int?
        var createResponse: Bool?
        var interruptResponse: Bool?
        var interruptionMs: Int?

        func applied(to settings: TurnDetectionSettings) -> TurnDetectionSettings {
            TurnDetectionSettings(
                threshold: threshold ?? settings.threshold,
                prefixPaddingMs: prefixPaddingMs ?? settings.prefixPaddingMs,
                silenceDurationMs: silenceDurationMs ?? settings.silenceDurationMs,
                createResponse: createResponse ?? settings.createResponse,
                interruptResponse: interruptResponse ?? settings.interruptResponse,
                interruptionMs: interruptionMs ?? settings.interruptionMs)
        }
    }
}

extension SessionUpdate: Decodable {
    private enum CodingKeys: String, CodingKey {
        case type, instructions, audio, video
        case outputModalities = "output_modalities"
    }

    private enum VideoKeys: String, CodingKey {
        case transport
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let type = try container.decodeIfPresent(String.self, forKey: .type), type != "realtime" {
            throw container.unsupported(.type, found: type, supported: "realtime")
        }
        try container.checkModalities(forKey: .outputModalities)
        instructions = try container.decodeInstructions(forKey: .instructions)
        audio = try container.decodeIfPresent(AudioUpdate.self, forKey: .audio)
        if container.contains(.video) {
            let video = try container.nestedContainer(keyedBy: VideoKeys.self, forKey: .video)
            if let name = try video.decodeIfPresent(String.self, forKey: .transport) {
                videoTransport =
                    try VideoTransport(rawValue: name)
                    ?? { throw video.unsupported(.transport, found: name, supported: "base64 or binary") }()
            }
        }
    }
}

extension AudioUpdate: Decodable {}

extension AudioUpdate.Input: Decodable {
    private enum CodingKeys: String, CodingKey {
        case format
        case turnDetection = "turn_detection"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try container.checkFormat(forKey: .format)
        guard container.contains(.turnDetection) else { return }
        turnDetection =
            try container.decodeNil(forKey: .turnDetection)
            ? .off : .serverVAD(container.decode(TurnDetectionUpdate.Changes.self, forKey: .turnDetection))
    }
}

extension AudioUpdate.Output: Decodable {
    private enum CodingKeys: String, CodingKey {
        case format, voice, speed
    }

    /// The other form of `voice` in OpenAI's protocol.
    private struct VoiceObject: Decodable {
        var id: String
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try container.checkFormat(forKey: .format)
        if let speed = try container.decodeIfPresent(Double.self, forKey: .speed), speed != 1 {
            throw container.unsupported(.speed, found: "\(speed)", supported: "1")
        }
        guard container.contains(.voice), try !container.decodeNil(forKey: .voice) else { return }
        if let object = try? container.decode(VoiceObject.self, forKey: .voice) {
            voice = object.id
        } else {
            voice = try container.decode(String.self, forKey: .voice)
        }
    }
}

extension TurnDetectionUpdate.Changes: Decodable {
    private enum CodingKeys: String, CodingKey {
        case type, threshold
        case prefixPaddingMs = "prefix_padding_ms"
        case silenceDurationMs = "silence_duration_ms"
        case createResponse = "create_response"
        case interruptResponse = "interrupt_response"
        case interruptionMs = "interruption_ms"
        case idleTimeoutMs = "idle_timeout_ms"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let type = try container.decode(String.self, forKey: .type)
        guard type == TurnDetectionSettings.type else {
            throw container.unsupported(.type, found: type, supported: "\(TurnDetectionSettings.type), or null")
        }
        if let timeout = try container.decodeIfPresent(Double.self, forKey: .idleTimeoutMs) {
            throw container.unsupported(.idleTimeoutMs, found: "\(timeout)", supported: "null")
        }
        func isGiven(_ key: CodingKeys) throws -> Bool {
            try container.contains(key) && !container.decodeNil(forKey: key)
        }
        if try isGiven(.threshold) { threshold = try container.decodeNumber(in: 0.01...1, forKey: .threshold) }
        if try isGiven(.prefixPaddingMs) {
            prefixPaddingMs = try container.decodeInteger(in: 0...5000, forKey: .prefixPaddingMs)
        }
        if try isGiven(.silenceDurationMs) {
            silenceDurationMs = try container.decodeInteger(in: 50...10_000, forKey: .silenceDurationMs)
        }
        if try isGiven(.interruptionMs) {
            interruptionMs = try container.decodeInteger(in: 0...2000, forKey: .interruptionMs)
        }
        createResponse = try container.decodeIfPresent(Bool.self, forKey: .createResponse)
        interruptResponse = try container.decodeIfPresent(Bool.self, forKey: .interruptResponse)
    }
}
