internal import Responders

/// What a `session.update` changes; `nil` where it says nothing.
struct SessionUpdate: Sendable, Equatable {
    var instructions: String?
    var tools: [Tool]?
    var toolChoice: ToolChoice?
    var output: Conversation.Output?
    var tokenLimit: TokenLimit?
    var audio: AudioUpdate?
    var video: VideoTransport?

    /// The settings after the update, which is applied as a whole or not at all.
    func applied(to settings: SessionSettings, voices: VoiceNames) throws(EventError) -> SessionSettings {
        var settings = settings
        if let instructions { settings.instructions = instructions }
        if let tools { settings.tools = tools }
        if let toolChoice { settings.toolChoice = toolChoice }
        if let output { settings.output = output }
        if let tokenLimit { settings.maximumTokens = tokenLimit.tokens }
        if let video { settings.video = video }
        if let format = audio?.input?.format { settings.inputFormat = format }
        if let format = audio?.output?.format { settings.outputFormat = format }
        if let voice = audio?.output?.voice {
            settings.voice = try voices.voice(named: voice, param: "session.audio.output.voice")
        }
        if let transcription = audio?.input?.transcription { settings.transcription = transcription.settings }
        switch audio?.input?.turnDetection {
        case nil: break
        case .off: settings.turnDetection = nil
        case .serverVAD(let changes): settings.turnDetection = changes.applied(to: settings.turnDetection ?? .init())
        }
        return settings
    }
}

extension SessionUpdate: Decodable {
    private enum CodingKeys: String, CodingKey {
        case type, instructions, audio, video, tools
        case toolChoice = "tool_choice"
        case outputModalities = "output_modalities"
        case maxOutputTokens = "max_output_tokens"
    }

    private enum VideoKeys: String, CodingKey {
        case transport
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let type = try container.decodeIfPresent(String.self, forKey: .type), type != "realtime" {
            throw container.unsupported(.type, found: type, supported: "realtime")
        }
        output = try container.decodeOutput(forKey: .outputModalities)
        tools = try container.decodeIfPresent(ToolList.self, forKey: .tools)?.tools
        toolChoice = try container.decodeIfPresent(ToolChoiceField.self, forKey: .toolChoice)?.choice
        tokenLimit = try container.decodeIfPresent(TokenLimit.self, forKey: .maxOutputTokens)
        instructions = try container.decodeInstructions(forKey: .instructions)
        audio = try container.decodeIfPresent(AudioUpdate.self, forKey: .audio)
        if container.contains(.video) {
            let video = try container.nestedContainer(keyedBy: VideoKeys.self, forKey: .video)
            if let name = try video.decodeIfPresent(String.self, forKey: .transport) {
                self.video =
                    try VideoTransport(rawValue: name)
                    ?? { throw video.unsupported(.transport, found: name, supported: "base64 or binary") }()
            }
        }
    }
}
