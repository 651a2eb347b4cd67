internal import JSON

/// From today's server events to earlier ones.
enum BetaServerEvent {
    /// nil if there was no such event.
    static func earlier(_ event: JSONValue) -> JSONValue? {
        guard let type = event["type"]?.string, !BetaNames.newEvents.contains(type) else { return nil }
        var earlier = event
        if let name = BetaNames.events[type] { earlier["type"] = .text(name) }
        earlier["session"] = event["session"].map(session)
        earlier["response"] = event["response"].map(response)
        earlier["item"] = event["item"].map(item)
        return earlier
    }

    private static func session(_ current: JSONValue) -> JSONValue {
        var earlier = current
        let input = current["audio"]?["input"]
        let output = current["audio"]?["output"]
        earlier["type"] = nil
        earlier["audio"] = nil
        earlier["output_modalities"] = nil
        earlier["max_output_tokens"] = nil
        earlier["modalities"] = modalities(current)
        earlier["voice"] = output?["voice"]
        earlier["input_audio_format"] = format(input)
        earlier["output_audio_format"] = format(output)
        earlier["input_audio_transcription"] = input?["transcription"] ?? .null
        earlier["input_audio_noise_reduction"] = input?["noise_reduction"] ?? .null
        earlier["turn_detection"] = input?["turn_detection"] ?? .null
        earlier["max_response_output_tokens"] = current["max_output_tokens"]
        earlier["temperature"] = .number(0.8)
        return earlier
    }

    private static func response(_ current: JSONValue) -> JSONValue {
        var earlier = current
        let output = current["audio"]?["output"]
        earlier["audio"] = nil
        earlier["output_modalities"] = nil
        earlier["modalities"] = modalities(current)
        earlier["voice"] = output?["voice"]
        earlier["output_audio_format"] = format(output)
        earlier["temperature"] = .number(0.8)
        if case .list(let items) = current["output"] { earlier["output"] = .list(items.map(item)) }
        return earlier
    }

    private static func modalities(_ current: JSONValue) -> JSONValue {
        current["output_modalities"] == .list([.text("text")])
            ? .list([.text("text")]) : .list([.text("audio"), .text("text")])
    }

    private static func format(_ direction: JSONValue?) -> JSONValue? {
        let type = direction?["format"]?["type"]?.string
        return BetaNames.formats.first { $0.current == type }.map { .text($0.earlier) }
    }

    private static func item(_ current: JSONValue) -> JSONValue {
        guard case .list(let parts) = current["content"] else { return current }
        var earlier = current
        earlier["content"] = .list(
            parts.map { part in
                var part = part
                if part["type"]?.string == "output_text" { part["type"] = .text("text") }
                if part["type"]?.string == "output_audio" { part["type"] = .text("audio") }
                return part
            })
        return earlier
    }
}

/// What was called otherwise.
enum BetaNames {
    /// Today's name of an event, and its earlier one.
    static let events = [
        "conversation.item.added": "conversation.item.created",
        "response.output_text.delta": "response.text.delta",
        "response.output_text.done": "response.text.done",
        "response.output_audio.delta": "response.audio.delta",
        "response.output_audio.done": "response.audio.done",
        "response.output_audio_transcript.delta": "response.audio_transcript.delta",
        "response.output_audio_transcript.done": "response.audio_transcript.done",
    ]
    /// What had no counterpart.
    static let newEvents: Set = ["conversation.item.done"]
    /// Formats of sound.
    static let formats = [
        (earlier: "pcm16", current: AudioFormat.pcm.rawValue),
        (earlier: "g711_ulaw", current: AudioFormat.muLaw.rawValue),
        (earlier: "g711_alaw", current: AudioFormat.aLaw.rawValue),
    ]
}
