/// Someone started to speak.
struct SpeechStarted: ServerEvent {
    static let type = "input_audio_buffer.speech_started"
    /// Where the turn starts, padding included, since the start of all sound of the session.
    var audioStartMs: Int
    /// The item that the turn will become.
    var itemID: String
}

/// Someone may be interrupting: a client may lower the voice until it knows. Not in OpenAI's protocol.
struct InterruptionSuspected: ServerEvent {
    static let type = "input_audio_buffer.interruption_suspected"
    /// Where the turn would start.
    var audioStartMs: Int
}

/// It was a cough, or an "uh-huh": the answer goes on. Not in OpenAI's protocol.
struct InterruptionDismissed: ServerEvent {
    static let type = "input_audio_buffer.interruption_dismissed"
}

/// They stopped.
struct SpeechStopped: ServerEvent {
    static let type = "input_audio_buffer.speech_stopped"
    /// Where the turn ends, the silence that ended it included.
    var audioEndMs: Int
    var itemID: String
}

/// The buffer became an item.
struct AudioCommitted: ServerEvent {
    static let type = "input_audio_buffer.committed"
    @OrNull var previousItemID: String?
    var itemID: String
}

/// The buffer was emptied.
struct AudioCleared: ServerEvent {
    static let type = "input_audio_buffer.cleared"
}
