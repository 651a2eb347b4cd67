public import Responders

/// What others than the client can ask of a session.
extension RealtimeSession {
    /// The longest text that can be typed for the user, or read aloud, in bytes of UTF-8.
    public static let longestText = Message.longestText

    /// True from the moment that an answer is asked for until it has been heard to its end, or is interrupted.
    public var isSpeaking: Bool {
        response != nil || playbacks.contains { clock.now < $0.end }
    }

    /// Makes the avatar say something that its responder did not think of. It becomes an item of the conversation, of
    /// which the responder is told when it is over. What is still being played is heard first.
    /// - Parameter pieces: words and speech; pulled no faster than they are played.
    /// - Returns: the response's name.
    /// - Throws: if an answer is being given, the session is over, or the machine can carry no more who speak.
    public func say(
        _ pieces: any AsyncSequence<ResponsePiece, any Error> & Sendable
    ) throws(SessionRefusal) -> String {
        try controlled { () throws(EventError) in try createResponse(ResponseParameters(), saying: pieces) }
    }

    /// Types a message for the user, and has it answered.
    /// - Returns: the response's name.
    /// - Throws: if an answer is being given, the session is over, or the machine can carry no more who speak.
    public func ask(_ text: String) throws(SessionRefusal) -> String {
        try controlled { () throws(EventError) in
            guard response == nil else { return try createResponse(ResponseParameters()) }  // Which says why not.
            try createItem(
                ConversationItem(id: Identifier.item(), role: .user, status: .completed, content: [.text(text)]),
                after: nil)
            try createResponse(ResponseParameters())
        }
    }

    /// Stops what is being said or played, as speech of the user does.
    /// - Returns: false if there was nothing to stop.
    @discardableResult
    public func interrupt() -> Bool {
        let isInterrupting = isSpeaking && !isClosed
        cancelResponse(reason: .clientCancelled)
        cancelPlayback()
        return isInterrupting
    }

    private func controlled(_ body: () throws(EventError) -> Void) throws(SessionRefusal) -> String {
        guard !isClosed else { throw .ended }
        do throws(EventError) {
            try body()
        } catch {
            throw SessionRefusal(code: error.code.rawValue, message: error.message, isOverload: error.kind == .server)
        }
        guard let response else { throw .ended }
        return response.id
    }
}

/// Why a session does not do what was asked of it.
public struct SessionRefusal: Error, Equatable, CustomStringConvertible {
    /// Why, for programs: a code of the event `error`.
    public let code: String
    /// What was found, and what to do.
    public let message: String
    /// True if the server has no room; false if the session is not in a state for it.
    public let isOverload: Bool

    static let ended = SessionRefusal(
        code: "session_ended", message: "The session is over: its client is gone.", isOverload: false)

    /// The message.
    public var description: String { message }
}
