/// What a responder may know of a conversation.
public struct Conversation: Sendable, Equatable {
    /// How an answer is given.
    public enum Output: Sendable, Equatable {
        /// It is said.
        case speech
        /// It is written.
        case text
    }

    /// Everything said so far, oldest first; the user's last turn, or what a function returned after it, is what to
    /// answer.
    public var entries: [ConversationEntry]
    /// The voice that the session chose.
    public var voice: String
    /// The session's instructions, and what the system said since; empty if there are none.
    public var instructions: String
    /// Functions that the client offers.
    public var tools: [Tool]
    /// Whether they may, or must, be called.
    public var toolChoice: ToolChoice
    /// Whether to say the answer or to write it.
    public var output: Output
    /// The most tokens that the answer may have; nil for no limit.
    public var maximumTokens: Int?

    /// Puts the parts together.
    public init(
        entries: [ConversationEntry], voice: String, instructions: String = "", tools: [Tool] = [],
        toolChoice: ToolChoice = .auto, output: Output = .speech, maximumTokens: Int? = nil
    ) {
        self.entries = entries
        self.voice = voice
        self.instructions = instructions
        self.tools = tools
        self.toolChoice = toolChoice
        self.output = output
        self.maximumTokens = maximumTokens
    }

    /// A conversation of turns alone.
    public init(turns: [Turn], voice: String, instructions: String = "") {
        self.init(entries: turns.map(ConversationEntry.turn), voice: voice, instructions: instructions)
    }

    /// What was said by both sides, oldest first.
    public var turns: [Turn] {
        entries.compactMap { entry in
            if case .turn(let turn) = entry { turn } else { nil }
        }
    }

    /// The last turn of the user.
    /// - Throws: ``ResponderError/nothingToAnswer`` if there is none.
    public func turnToAnswer() throws(ResponderError) -> Turn {
        guard let turn = turns.last(where: { $0.speaker == .user }) else { throw .nothingToAnswer }
        return turn
    }
}

/// One item of a conversation.
public enum ConversationEntry: Sendable, Equatable {
    /// Something said or typed.
    case turn(Turn)
    /// The responder asked the client to call a function.
    case functionCall(FunctionCall)
    /// What the function returned.
    case functionOutput(FunctionOutput)

    /// The item's name on the wire.
    public var id: String {
        switch self {
        case .turn(let turn): turn.id
        case .functionCall(let call): call.id
        case .functionOutput(let output): output.id
        }
    }
}

/// One contribution to a conversation.
public struct Turn: Sendable, Equatable {
    /// Who spoke.
    public enum Speaker: Sendable, Equatable {
        /// The person in front of the screen.
        case user
        /// The avatar.
        case assistant
        /// Whoever runs the application.
        case system
    }

    /// The item's name on the wire; empty outside sessions.
    public var id: String
    /// Who spoke.
    public var speaker: Speaker
    /// What was typed, or the transcript of what was said; empty if unknown.
    public var text: String
    /// What was said, 24 kHz mono; empty if it was typed.
    public var speech: [Int16]

    /// Puts the parts together.
    public init(id: String = "", speaker: Speaker, text: String = "", speech: [Int16] = []) {
        self.id = id
        self.speaker = speaker
        self.text = text
        self.speech = speech
    }
}
