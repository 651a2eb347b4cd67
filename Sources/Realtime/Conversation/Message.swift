internal import Responders

/// What somebody said or wrote.
struct Message: Sendable, Equatable {
    /// Who did.
    enum Role: String, Encodable, Sendable {
        case user, assistant, system

        /// As responders know them.
        var speaker: Turn.Speaker {
            switch self {
            case .user: .user
            case .assistant: .assistant
            case .system: .system
            }
        }
    }

    /// A part of it.
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

    /// The avatar's speech, without its samples.
    struct Spoken: Sendable, Equatable {
        /// Which words are heard where.
        var transcript: SpokenTranscript
        /// How many samples the client was sent; it may have heard fewer.
        var sentSamples: Int
    }

    let role: Role
    var content: [Content]
    /// For the avatar's speech: what makes it possible to truncate it.
    var spoken: Spoken?

    init(role: Role, content: [Content], spoken: Spoken? = nil) {
        self.role = role
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

    /// The part that is speech.
    var speechIndex: Int? {
        content.firstIndex { if case .speech = $0 { true } else { false } }
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
