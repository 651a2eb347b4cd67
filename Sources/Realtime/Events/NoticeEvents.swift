internal import Responders

/// More words of what the user said.
struct TranscriptionDelta: ServerEvent {
    static let type = "conversation.item.input_audio_transcription.delta"
    var itemID: String
    var contentIndex: Int
    var delta: String
}

/// All words of what the user said.
struct TranscriptionCompleted: ServerEvent {
    static let type = "conversation.item.input_audio_transcription.completed"
    var itemID: String
    var contentIndex: Int
    var transcript: String
    var usage: Usage

    /// What was recognized, by its length.
    struct Usage: Encodable {
        let type = "duration"
        var seconds: Double
    }
}

/// The words of what the user said cannot be had.
struct TranscriptionFailed: ServerEvent {
    static let type = "conversation.item.input_audio_transcription.failed"
    var itemID: String
    var contentIndex: Int
    var error: Failure

    struct Failure: Encodable {
        let type = EventError.Kind.server
        let code = "transcription_failed"
        var message: String
    }
}

/// What may still be asked of the service behind.
struct RateLimitsUpdated: ServerEvent {
    static let type = "rate_limits.updated"
    private let rateLimits: [Limit]

    init(_ limits: [RateLimit]) {
        rateLimits = limits.map {
            Limit(name: $0.name, limit: $0.limit, remaining: $0.remaining, resetSeconds: $0.resetSeconds)
        }
    }

    private struct Limit: Encodable {
        var name: String
        var limit: Int
        var remaining: Int
        var resetSeconds: Double
    }
}

/// The service behind is there again; sent only to those who asked for the picture, as OpenAI's protocol lacks it.
struct ResponderReachable: ServerEvent {
    static let type = "responder.reachable"
}

/// What was sent of the avatar's speech and not heard yet is not played.
struct OutputAudioCleared: ServerEvent {
    static let type = "output_audio_buffer.cleared"
    var responseID: String
}
