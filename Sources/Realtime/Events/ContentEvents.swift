/// The item's one content part begins.
struct ContentPartAdded: ServerEvent {
    static let type = "response.content_part.added"
    var responseID: String
    var itemID: String
    let outputIndex = 0
    let contentIndex = 0
    var part: ContentPartObject
}

/// The item's one content part is final.
struct ContentPartDone: ServerEvent {
    static let type = "response.content_part.done"
    var responseID: String
    var itemID: String
    let outputIndex = 0
    let contentIndex = 0
    var part: ContentPartObject
}

/// Speech as a content part.
struct ContentPartObject: Encodable, Sendable {
    private let type = "audio"
    var transcript: String
}

/// More words of what is said.
struct TranscriptDelta: ServerEvent {
    static let type = "response.output_audio_transcript.delta"
    var responseID: String
    var itemID: String
    let outputIndex = 0
    let contentIndex = 0
    var delta: String
}

/// All words of what was said.
struct TranscriptDone: ServerEvent {
    static let type = "response.output_audio_transcript.done"
    var responseID: String
    var itemID: String
    let outputIndex = 0
    let contentIndex = 0
    var transcript: String
}

/// No more sound follows.
struct OutputAudioDone: ServerEvent {
    static let type = "response.output_audio.done"
    var responseID: String
    var itemID: String
    let outputIndex = 0
    let contentIndex = 0
}

/// No more frames follow.
struct OutputVideoDone: ServerEvent {
    static let type = "response.output_video.done"
    var responseID: String
    var itemID: String
    let outputIndex = 0
    let contentIndex = 0
    /// How many frames the utterance had.
    var frames: Int
}
