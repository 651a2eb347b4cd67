/// What answers a turn.
///
/// A responder yields speech piece by piece; the caller pulls, so that a long answer is synthesised no faster
/// than it is needed, and cancels by cancelling the task that iterates.
public protocol Responder: Sendable {
    /// The name by which the configuration and the command line choose it.
    var name: String { get }

    /// Answers the last turn of `conversation`.
    func respond(to conversation: Conversation) throws -> any AsyncSequence<ResponsePiece, any Error> & Sendable
}

/// A piece of an answer. Words precede, or come with, the sound in which they are heard.
public enum ResponsePiece: Sendable, Equatable {
    /// Words of the transcript, to be appended as they are.
    case transcript(String)
    /// Speech, 24 kHz mono.
    case speech([Int16])
}

/// What a responder may know of a conversation.
public struct Conversation: Sendable {
    /// Everything said so far, oldest first; the user's last is the turn to answer.
    public var turns: [Turn]
    /// The voice that the session chose, by its name in ``VoiceCatalog``.
    public var voice: String
    /// The session's instructions; empty if it gave none.
    public var instructions: String

    /// Puts the parts together.
    public init(turns: [Turn], voice: String, instructions: String = "") {
        self.turns = turns
        self.voice = voice
        self.instructions = instructions
    }

    /// The last turn of the user.
    /// - Throws: ``ResponderError/nothingToAnswer`` if there is none.
    func turnToAnswer() throws(ResponderError) -> Turn {
        guard let turn = turns.last(where: { $0.speaker == .user }) else { throw .nothingToAnswer }
        return turn
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
    }

    /// Who spoke.
    public var speaker: Speaker
    /// What was typed, or the transcript of what was said; empty if unknown.
    public var text: String
    /// What was said, 24 kHz mono; empty if it was typed.
    public var speech: [Int16]

    /// Puts the parts together.
    public init(speaker: Speaker, text: String = "", speech: [Int16] = []) {
        self.speaker = speaker
        self.text = text
        self.speech = speech
    }
}
