/// `audio` of a session or of a response.
struct AudioUpdate: Sendable, Equatable {
    struct Input: Sendable, Equatable {
        var format: AudioFormat?
        var turnDetection: TurnDetectionUpdate?
        var transcription: TranscriptionUpdate?
    }

    struct Output: Sendable, Equatable {
        var format: AudioFormat?
        var voice: String?
    }

    var input: Input?
    var output: Output?
}

/// `transcription`.
struct TranscriptionUpdate: Sendable, Equatable {
    /// nil for `null`: the client does not want to know.
    var settings: TranscriptionSettings?
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

extension AudioUpdate: Decodable {}

extension AudioUpdate.Input: Decodable {
    private enum CodingKeys: String, CodingKey {
        case format, transcription
        case turnDetection = "turn_detection"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        format = try container.decodeIfPresent(AudioFormat.self, forKey: .format)
        if container.contains(.transcription) {
            transcription = TranscriptionUpdate(
                settings: try container.decodeIfPresent(TranscriptionSettings.self, forKey: .transcription))
        }
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
        format = try container.decodeIfPresent(AudioFormat.self, forKey: .format)
        if let speed = try container.decodeIfPresent(Double.self, forKey: .speed), speed != 1 {
            throw container.unsupported(.speed, found: speed.shortDescription, supported: "1")
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
        case type, threshold, eagerness
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
        switch type {
        case TurnDetectionSettings.type: break
        case "semantic_vad": silenceDurationMs = try Self.silence(container)
        default:
            throw container.unsupported(
                .type, found: type, supported: "\(TurnDetectionSettings.type), semantic_vad, or null")
        }
        if let timeout = try container.decodeIfPresent(Double.self, forKey: .idleTimeoutMs) {
            throw container.unsupported(.idleTimeoutMs, found: timeout.shortDescription, supported: "null")
        }
        createResponse = try container.decodeIfPresent(Bool.self, forKey: .createResponse)
        interruptResponse = try container.decodeIfPresent(Bool.self, forKey: .interruptResponse)
        guard type == TurnDetectionSettings.type else { return }
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
    }

    /// The silence, in milliseconds, that comes closest to what `eagerness` asks for: nothing here understands whether
    /// a sentence is complete.
    private static func silence(_ container: KeyedDecodingContainer<CodingKeys>) throws -> Int {
        switch try container.decodeIfPresent(String.self, forKey: .eagerness) {
        case "high": return 400
        case nil, "auto", "medium": return 700
        case "low": return 1000
        case let other?:
            throw container.unsupported(.eagerness, found: other, supported: "low, medium, high and auto")
        }
    }
}
