/// What answers turns. There is one for all sessions; each session joins it.
public protocol Responder: Sendable {
    /// The name by which the configuration, the command line and clients choose it.
    var name: String { get }

    /// True if answers come from services elsewhere: the time until their first sound is not our own.
    var isUpstream: Bool { get }

    /// A client has connected: what will follow its conversation and answer it. Must return at once.
    func join() -> any ResponderSession
}

extension Responder {
    /// Most answer by themselves.
    public var isUpstream: Bool { false }
}

/// One session's share of a ``Responder``: it follows the conversation, and answers when it is asked.
public protocol ResponderSession: Sendable {
    /// Takes note of what happened in the conversation.
    ///
    /// Called in the order in which things happen, before the response that they lead to is asked for. Must return at
    /// once: what takes time belongs into a task of the session's own.
    func follow(_ change: ConversationChange)

    /// Answers the last turn of the request's conversation.
    ///
    /// It yields piece by piece; the caller pulls, so that a long answer is made no faster than it is needed, and
    /// cancels by cancelling the task that iterates.
    func respond(to request: ResponseRequest) throws -> any AsyncSequence<ResponsePiece, any Error> & Sendable

    /// What it has to tell beside its answers. Read by one task, until the client leaves.
    var notices: AsyncStream<ResponderNotice> { get }

    /// The client is gone: everything that is under way ends. Called once; nothing is called after it.
    func leave()
}

/// A responder that needs to know nothing but the conversation that it is to answer.
public protocol ConversationResponder: Responder {
    /// Answers the last turn of `conversation`, see ``ResponderSession/respond(to:)``.
    func respond(to conversation: Conversation) throws -> any AsyncSequence<ResponsePiece, any Error> & Sendable
}

extension ConversationResponder {
    /// A session that remembers nothing.
    public func join() -> any ResponderSession { ForgetfulSession(responder: self) }
}

private struct ForgetfulSession<Answering: ConversationResponder>: ResponderSession {
    let responder: Answering

    var notices: AsyncStream<ResponderNotice> { AsyncStream { $0.finish() } }

    func follow(_ change: ConversationChange) {}

    func respond(to request: ResponseRequest) throws -> any AsyncSequence<ResponsePiece, any Error> & Sendable {
        try responder.respond(to: request.conversation)
    }

    func leave() {}
}
