/// An event with the fields of its address beside its own.
struct Addressed<Address: Encodable & Sendable, Event: ServerEvent>: ServerEvent {
    static var type: String { Event.type }
    let address: Address
    let event: Event

    func encode(to encoder: any Encoder) throws {
        try address.encode(to: encoder)
        try event.encode(to: encoder)
    }
}

/// Where in a response a content part is. A message of the avatar has one part, so that its index is always 0.
struct ContentAddress: Encodable, Sendable {
    let responseID: String
    let itemID: String
    let outputIndex: Int
    let contentIndex = 0

    /// An event about this part.
    func event<Event: ServerEvent>(_ event: Event) -> Addressed<Self, Event> { Addressed(address: self, event: event) }
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
    let part: ContentPartObject
}

/// A message's content part is final.
struct ContentPartDone: ServerEvent {
    static let type = "response.content_part.done"
    let part: ContentPartObject
}

/// More words of what is said.
struct TranscriptDelta: ServerEvent {
    static let type = "response.output_audio_transcript.delta"
    let delta: String
}

/// All words of what was said.
struct TranscriptDone: ServerEvent {
    static let type = "response.output_audio_transcript.done"
    let transcript: String
}

/// More words of what is written.
struct TextDelta: ServerEvent {
    static let type = "response.output_text.delta"
    let delta: String
}

/// All words of what was written.
struct TextDone: ServerEvent {
    static let type = "response.output_text.done"
    let text: String
}

/// No more sound follows.
struct OutputAudioDone: ServerEvent {
    static let type = "response.output_audio.done"
}

/// No more frames follow.
struct OutputVideoDone: ServerEvent {
    static let type = "response.output_video.done"
    /// How many frames the utterance had.
    let frames: Int
}
