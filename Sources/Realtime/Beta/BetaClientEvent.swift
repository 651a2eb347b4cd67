internal import JSON

/// From earlier client events to today's.
enum BetaClientEvent {
    /// nil if nothing differs.
    static func current(_ event: JSONValue) -> JSONValue? {
        var event = event
        switch event["type"]?.string {
        case "session.update":
            event["session"] = event["session"].map { session in
                var session = configuration(session)
                session["type"] = .text("realtime")
                return session
            }
        case "response.create":
            event["response"] = event["response"].map { response in
                var response = configuration(response)
                if case .list(let items) = response["input"] { response["input"] = .list(items.map(item)) }
                return response
            }
        case "conversation.item.create":
            event["item"] = event["item"].map(item)
        default:
            return nil
        }
        return event
    }

    /// Fields that have moved, as they were and as paths of today.
    private static let moved: [(earlier: String, current: [String])] = [
        ("voice", ["audio", "output", "voice"]),
        ("speed", ["audio", "output", "speed"]),
        ("output_audio_format", ["audio", "output", "format"]),
        ("input_audio_format", ["audio", "input", "format"]),
        ("input_audio_transcription", ["audio", "input", "transcription"]),
        ("input_audio_noise_reduction", ["audio", "input", "noise_reduction"]),
        ("turn_detection", ["audio", "input", "turn_detection"]),
        ("max_response_output_tokens", ["max_output_tokens"]),
        ("modalities", ["output_modalities"]),
    ]

    /// The settings of a session or a response.
    private static func configuration(_ earlier: JSONValue) -> JSONValue {
        var current = earlier
        for (name, path) in moved {
            guard let value = earlier[name] else { continue }
            current[name] = nil
            current.set(path[...], to: self.value(of: name, value))
        }
        return current
    }

    private static func value(of name: String, _ value: JSONValue) -> JSONValue {
        switch (name, value) {
        case ("modalities", .list(let modalities)):
            // Sound always came with its words.
            .list([modalities.contains(.text("audio")) ? .text("audio") : .text("text")])
        case ("input_audio_format", .text(let format)), ("output_audio_format", .text(let format)):
            .object(["type": .text(BetaNames.formats.first { $0.earlier == format }?.current ?? format)])
        case ("turn_detection", _) where value["type"]?.string == "none":
            .null
        default:
            value
        }
    }

    private static func item(_ earlier: JSONValue) -> JSONValue {
        guard case .list(let parts) = earlier["content"] else { return earlier }
        let direction = earlier["role"]?.string == "assistant" ? "output" : "input"
        var current = earlier
        current["content"] = .list(
            parts.map { part in
                guard let type = part["type"]?.string, ["text", "audio"].contains(type) else { return part }
                var part = part
                part["type"] = .text("\(direction)_\(type)")
                return part
            })
        return current
    }
}

extension JSONValue {
    /// Sets the member at a path, making the objects on the way.
    fileprivate mutating func set(_ path: ArraySlice<String>, to value: JSONValue) {
        guard let key = path.first else { return self = value }
        var member = self[key] ?? .object([:])
        member.set(path.dropFirst(), to: value)
        self[key] = member
    }
}
