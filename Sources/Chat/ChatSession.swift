internal import Responders
internal import Synchronization

/// One session's share of a ``ChatResponder``: it has spoken turns understood while the session goes on.
final class ChatSession: ResponderSession {
    private let responder: ChatResponder
    /// By the name of the turn's item.
    private let transcripts = Mutex<[String: Task<String, any Error>]>([:])
    private let reachability: Reachability
    private let notice: AsyncStream<ResponderNotice>.Continuation

    let notices: AsyncStream<ResponderNotice>

    init(_ responder: ChatResponder) {
        self.responder = responder
        (notices, notice) = AsyncStream.makeStream()
        let parts: [(any ChatPart)?] = [responder.recognizer, responder.model, responder.synthesizer]
        reachability = Reachability(of: parts.compactMap(\.self), notice: notice)
    }

    func follow(_ change: ConversationChange) {
        switch change {
        case .inserted(.turn(let turn), _): understand(turn)
        case .removed(let id): transcripts.withLock { $0.removeValue(forKey: id) }?.cancel()
        case .turnStarted:
            responder.recognizer?.prepare()
            responder.model.prepare()
            responder.synthesizer.prepare()
        case .inserted, .turnHeard, .turnDropped, .truncated, .configured: break
        }
    }

    func respond(to request: ResponseRequest) throws -> any AsyncSequence<ResponsePiece, any Error> & Sendable {
        let conversation = request.conversation
        return ChatAnswer(
            model: responder.model, synthesizer: responder.synthesizer, notice: notice,
            reachability: reachability
        ) { [self] () async throws -> Conversation? in
            try await understood(conversation)
        }
    }

    func leave() {
        let tasks = transcripts.withLock { transcripts in
            defer { transcripts = [:] }
            return transcripts.values
        }
        for task in tasks { task.cancel() }
        reachability.leave()
        notice.finish()
    }

    /// Has what was said in a turn written down, in a task of its own.
    private func understand(_ turn: Turn) {
        guard turn.speaker == .user, turn.text.isEmpty, !turn.speech.isEmpty, let recognizer = responder.recognizer
        else { return }
        let task = Task { [notice] in
            do {
                var text = ""
                for try await words in recognizer.words(in: turn.speech) {
                    text += words
                    notice.yield(.transcript(itemID: turn.id, delta: words))
                }
                try Task.checkCancellation()
                notice.yield(.transcribed(itemID: turn.id, text: text))
                return text
            } catch {
                if !Task.isCancelled {
                    notice.yield(.transcriptionFailed(itemID: turn.id, reason: "\(error)"))
                }
                throw error
            }
        }
        transcripts.withLock { $0[turn.id] = task }
    }

    /// The conversation with the words of every turn; nil if nothing was said in the last one, such as a cough.
    /// - Throws: why the last turn cannot be understood. Earlier ones are left out.
    private func understood(_ conversation: Conversation) async throws -> Conversation? {
        let last = conversation.entries.last?.id
        var conversation = conversation
        for index in conversation.entries.indices {
            guard case .turn(var turn) = conversation.entries[index], turn.speaker == .user, turn.text.isEmpty else {
                continue
            }
            let isLast = turn.id == last
            do {
                turn.text = try await words(of: turn).trimmingPrefix(while: \.isWhitespace).description
            } catch {
                if isLast { throw error }
            }
            if isLast, turn.text.isEmpty { return nil }
            // The sound has done its part.
            turn.speech = []
            conversation.entries[index] = .turn(turn)
        }
        return conversation
    }

    private func words(of turn: Turn) async throws -> String {
        if let task = transcripts.withLock({ $0[turn.id] }) { return try await task.value }
        guard responder.recognizer != nil else { throw ResponderError.noText(responder: responder.name) }
        return ""
    }
}
