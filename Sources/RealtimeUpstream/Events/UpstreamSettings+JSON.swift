internal import Audio
internal import JSON
internal import Responders

/// The parts of events whose shape depends on the dialect.
extension UpstreamSettings {
    /// `session` of `session.update`.
    func session(_ configuration: Conversation) -> JSONValue {
        let instructions = configuration.instructions.isEmpty ? nil : JSONValue.text(configuration.instructions)
        let transcription: JSONValue? = transcriptionModel.map { ["model": .text($0)] }
        let tools = JSONValue.list(configuration.tools.map(Self.tool))
        let voice = voice(for: configuration.voice).map(JSONValue.text)
        switch dialect {
        case .ga:
            let pcm: JSONValue = ["type": "audio/pcm", "rate": .integer(SpeechFormat.sampleRate)]
            return .members([
                "type": "realtime", "output_modalities": Self.modalities(configuration.output, in: .ga),
                "instructions": instructions, "tools": tools, "tool_choice": toolChoice(configuration.toolChoice),
                "max_output_tokens": configuration.maximumTokens.map(JSONValue.integer),
                "audio": [
                    "input": .members(["format": pcm, "turn_detection": .null, "transcription": transcription]),
                    "output": .members(["format": pcm, "voice": voice]),
                ],
            ])
        case .beta:
            return .members([
                "modalities": Self.modalities(configuration.output, in: .beta),
                "instructions": instructions, "voice": voice, "input_audio_format": "pcm16",
                "output_audio_format": "pcm16", "input_audio_transcription": transcription, "turn_detection": .null,
                "tools": tools, "tool_choice": toolChoice(configuration.toolChoice),
                "max_response_output_tokens": configuration.maximumTokens.map(JSONValue.integer),
            ])
        }
    }

    /// `response` of `response.create`.
    func response(_ order: ResponseOrder) -> JSONValue {
        let voice = order.voice.flatMap { self.voice(for: $0) }.map(JSONValue.text)
        let isGA = dialect == .ga
        let output = order.output.map { Self.modalities($0, in: dialect) }
        let tokens = order.maximumTokens.map(JSONValue.integer)
        return .members([
            "instructions": order.instructions.map(JSONValue.text),
            "tools": order.tools.map { .list($0.map(Self.tool)) },
            "tool_choice": order.toolChoice.map(toolChoice),
            "conversation": order.isOutOfBand ? "none" : nil,
            "input": order.input.map { .list($0.map(input)) },
            isGA ? "output_modalities" : "modalities": output,
            isGA ? "max_output_tokens" : "max_response_output_tokens": tokens,
            "audio": isGA ? voice.map { ["output": ["voice": $0]] } : nil,
            "voice": isGA ? nil : voice,
        ])
    }

    /// An item of the conversation.
    func item(_ entry: ConversationEntry, id: String?) -> JSONValue {
        let name = id.map(JSONValue.text)
        switch entry {
        case .functionCall(let call):
            return .members([
                "id": name, "type": "function_call", "call_id": .text(call.callID), "name": .text(call.name),
                "arguments": .text(call.arguments),
            ])
        case .functionOutput(let output):
            return .members([
                "id": name, "type": "function_call_output", "call_id": .text(output.callID),
                "output": .text(output.output),
            ])
        case .turn(let turn):
            let role: JSONValue =
                switch turn.speaker {
                case .user: "user"
                case .assistant: "assistant"
                case .system: "system"
                }
            return .members(["id": name, "type": "message", "role": role, "content": [content(of: turn)]])
        }
    }

    /// What was said: in words where they are known, else as sound.
    private func content(of turn: Turn) -> JSONValue {
        let text = JSONValue.text(turn.text)
        if turn.speaker == .assistant { return ["type": dialect == .ga ? "output_text" : "text", "text": text] }
        if !turn.text.isEmpty || turn.speech.isEmpty { return ["type": "input_text", "text": text] }
        return ["type": "input_audio", "audio": .audio(turn.speech)]
    }

    private func input(_ input: ResponseOrder.Input) -> JSONValue {
        switch input {
        case .reference(let id): ["type": "item_reference", "id": .text(id)]
        case .entry(let entry): item(entry, id: nil)
        }
    }

    private static func modalities(_ output: Conversation.Output, in dialect: Dialect) -> JSONValue {
        switch output {
        case .text: ["text"]
        // The earlier protocol has speech only together with text.
        case .speech: dialect == .ga ? ["audio"] : ["audio", "text"]
        }
    }

    private static func tool(_ tool: Tool) -> JSONValue {
        .members([
            "type": "function", "name": .text(tool.name),
            "description": tool.description.isEmpty ? nil : .text(tool.description),
            "parameters": JSONValue(json: tool.parameters.utf8) ?? [:],
        ])
    }

    private func toolChoice(_ choice: ToolChoice) -> JSONValue {
        switch choice {
        case .auto: "auto"
        case .none: "none"
        case .required: "required"
        case .function(let name): ["type": "function", "name": .text(name)]
        }
    }
}
