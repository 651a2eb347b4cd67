internal import Responders

/// One message of a conversation.
struct ConversationItem: Sendable, Equatable {
    /// Who said it.
    enum Role: String, Encodable, Sendable {
        case user, assistant, system
    }

    /// How far it has got.
    enum Status: String, Encodable, Sendable {
        case inProgress = "in_progress"
        case completed
        /// Interrupted: less was heard than was to be said.
        case incomplete
    }

    /// A part of a message.
    enum Content: Sendable, Equatable {
        case text(String)
        case speech(Speech)
    }

    /// Something said.
    struct Speech: Sendable, Equatable {
        /// 24 kHz mono. Of the avatar's own speech only the length is kept, and this is empty.
        var samples: [Int16] = []
        /// The words, if they are known.
        var transcript: String?
    }

    let id: String
    let role: Role
    var status: Status
    var content: [Content]
    /// For the avatar's speech: what makes it possible to truncate it.
    var spoken: Spoken?

    /// The avatar's speech, without its samples.
    struct Spoken: Sendable, Equatable {
        /// Which words are heard where.
        var transcript: SpokenTranscript
        /// How many samples the client was sent; it may have heard fewer.
        var sentSamples: Int
    }

    init(id: String, role: Role, status: Status, content: [Content], spoken: Spoken? = nil) {
        self.id = id
        self.role = role
        self.status = status
        self.content = content
        self.spoken = spoken
    }

    /// Everything written or transcribed in it.
    var text: String {
        content.compactMap { part in
            switch part {
            case .text(let text): text
            case .speech(let speech): speech.transcript
            }
        }.joined(separator: " ")
    }

    /// Everything that can be listened to in it.
    var samples: [Int16] {
        let pieces = content.compactMap { part in
            if case .speech(let speech) = part { speech.samples } else { nil }
        }
        return pieces.count == 1 ? pieces[0] : Array(pieces.joined())
    }

    /// How many samples it holds.
    var sampleCount: Int {
        content.reduce(0) { sum, part in
            if case .speech(let speech) = part { sum + speech.samples.count } else { sum }
        }
    }

    /// As responders know it.
    var entry: ConversationEntry {
        let speaker: Turn.Speaker =
            switch role {
            case .user: .user
            case .assistant: .assistant
            case .system: .system
            }
        return .turn(Turn(id: id, speaker: speaker, text: text, speech: samples))
    }

    /// Takes the words of what was said.
    mutating func transcribe(_ text: String) {
        content = content.map { part in
            guard case .speech(var speech) = part else { return part }
            speech.transcript = text
            return .speech(speech)
        }
    }

    /// Keeps the words and lets the sound go.
    mutating func forgetSamples() {
        content = content.map { part in
            if case .speech(let speech) = part { .speech(Speech(transcript: speech.transcript)) } else { part }
        }
    }
}
