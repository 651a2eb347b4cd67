/// Where in a response a content part is. A message of the avatar has one part, so that its index is always 0.
struct ContentAddress: Sendable {
    var responseID: String
    var itemID: String
    var outputIndex: Int
}

/// Speech or text as a content part.
struct ContentPartObject: Encodable, Sendable {
    private let type: String
    private var text: String?
    private var transcript: String?

    static func audio(transcript: String) -> Self { Self(type: "audio", transcript: transcript) }
    static func text(_ text: String) -> Self { Self(type: "text", text: text) }
}

/// A message's content part begins.
struct ContentPartAdded: ServerEvent {
    static let type = "response.content_part.added"
    let responseID: String
    let itemID: String
    let outputIndex: Int
    let contentIndex = 0
    let part: ContentPartObject

    init(_ address: ContentAddress, part: ContentPartObject) {
        responseID = address.responseID
        itemID = address.itemID
        outputIndex = address.outputIndex
        self.part = part
    }
}

/// A message's content part is final.
struct ContentPartDone: ServerEvent {
    static let type = "response.content_part.done"
    let responseID: String
    let itemID: String
    let outputIndex: Int
    let contentIndex = 0
    let part: ContentPartObject

    init(_ address: ContentAddress, part: ContentPartObject) {
        responseID = address.responseID
        itemID = address.itemID
        outputIndex = address.outputIndex
        self.part = part
    }
}

/// More words of what is said.
struct TranscriptDelta: ServerEvent {
    static let type = "response.output_audio_transcript.delta"
    let responseID: String
    let itemID: String
    let outputIndex: Int
    let contentIndex = 0
    let delta: String

    init(_ address: ContentAddress, delta: String) {
        responseID = address.responseID
        itemID = address.itemID
        outputIndex = address.outputIndex
        self.delta = delta
    }
}

/// All words of what was said.
struct TranscriptDone: ServerEvent {
    static let type = "response.output_audio_transcript.done"
    let responseID: String
    let itemID: String
    let outputIndex: Int
    let contentIndex = 0
    let transcript: String

    init(_ address: ContentAddress, transcript: String) {
        responseID = address.responseID
        itemID = address.itemID
        outputIndex = address.outputIndex
        self.transcript = transcript
    }
}

/// More words of what is written.
struct TextDelta: ServerEvent {
    static let type = "response.output_text.delta"
    let responseID: String
    let itemID: String
    let outputIndex: Int
    let contentIndex = 0
    let delta: String

    init(_ address: ContentAddress, delta: String) {
        responseID = address.responseID
        itemID = address.itemID
        outputIndex = address.outputIndex
        self.delta = delta
    }
}

/// All words of what was written.
struct TextDone: ServerEvent {
    static let type = "response.output_text.done"
    let responseID: String
    let itemID: String
    let outputIndex: Int
    let contentIndex = 0
    let text: String

    init(_ address: ContentAddress, text: String) {
        responseID = address.responseID
        itemID = address.itemID
        outputIndex = address.outputIndex
        self.text = text
    }
}

/// No more sound follows.
struct OutputAudioDone: ServerEvent {
    static let type = "response.output_audio.done"
    let responseID: String
    let itemID: String
    let outputIndex: Int
    let contentIndex = 0

    init(_ address: ContentAddress) {
        responseID = address.responseID
        itemID = address.itemID
        outputIndex = address.outputIndex
    }
}

/// No more frames follow.
struct OutputVideoDone: ServerEvent {
    static let type = "response.output_video.done"
    let responseID: String
    let itemID: String
    let outputIndex: Int
    let contentIndex = 0
    /// How many frames the utterance had.
    let frames: Int

    init(_ address: ContentAddress, frames: Int) {
        responseID = address.responseID
        itemID = address.itemID
        outputIndex = address.outputIndex
        self.frames = frames
    }
}
