internal import AsyncAlgorithms
internal import Responders

/// An answer while it is being written: each clause is spoken as soon as it is whole, and the next one is being
/// synthesised while the one before is heard. Whoever stops reading ends all of it.
struct ChatAnswer: AsyncSequence, Sendable {
    typealias Element = ResponsePiece
    typealias Failure = any Error

    let model: any LanguageModel
    let synthesizer: any SpeechSynthesizer
    let notice: AsyncStream<ResponderNotice>.Continuation
    let reachability: Reachability
    /// The conversation to answer; nil if it needs no answer.
    let conversation: @Sendable () async throws -> Conversation?

    func makeAsyncIterator() -> Iterator { Iterator(self) }

    /// A clause on its way: its words, and its sound as far as there is any.
    fileprivate struct Clause: Sendable {
        var pieces: [ResponsePiece]
        var speech: AsyncThrowingStream<[Int16], any Error>?
    }

    /// The channel makes whoever writes wait until the clause before has been taken: so at most one is synthesised
    /// ahead of the one that is being heard.
    fileprivate typealias Clauses = AsyncThrowingChannel<Clause, any Error>

    /// The task that writes the clauses; it lives as long as this.
    private final class Writing: Sendable {
        private let clauses = Clauses()
        private let task: Task<Void, Never>

        init(_ answer: ChatAnswer) {
            task = Task { [clauses] in
                do {
                    try await answer.write(to: clauses)
                    clauses.finish()
                } catch {
                    clauses.fail(error)
                }
            }
        }

        deinit { task.cancel() }

        func makeIterator() -> Clauses.Iterator { clauses.makeAsyncIterator() }
    }

    struct Iterator: AsyncIteratorProtocol {
        private let reachability: Reachability
        /// True once something of the answer itself has come: all that it needs is there.
        private var hasAnswered = false
        private let writing: Writing
        private var clauses: Clauses.Iterator
        /// What is left of the clause that is being heard.
        private var pieces: ArraySlice<ResponsePiece> = []
        private var speech: AsyncThrowingStream<[Int16], any Error>.Iterator?

        init(_ answer: ChatAnswer) {
            reachability = answer.reachability
            writing = Writing(answer)
            clauses = writing.makeIterator()
        }

        mutating func next() async throws -> ResponsePiece? {
            do {
                let piece = try await nextPiece()
                if !hasAnswered, piece?.isAnswer == true {
                    hasAnswered = true
                    reachability.answered()
                }
                return piece
            } catch {
                reachability.failed(error)
                throw error
            }
        }

        private mutating func nextPiece() async throws -> ResponsePiece? {
            while true {
                try Task.checkCancellation()
                if let piece = pieces.popFirst() { return piece }
                if let sound = try await speech?.next(isolation: #isolation) { return .speech(sound) }
                speech = nil
                guard let clause = try await clauses.next(isolation: #isolation) else {
                    try Task.checkCancellation()
                    return nil
                }
                pieces = clause.pieces[...]
                speech = clause.speech?.makeAsyncIterator()
            }
        }
    }

    // MARK: Writing

    private func write(to clauses: Clauses) async throws {
        guard let conversation = try await conversation() else { return }
        var hasBegun = false
        var markdown = SpokenMarkdown()
        var splitter = SentenceSplitter()
        var last: [ResponsePiece] = []
        func send(_ sentences: [SentenceSplitter.Piece]) async throws {
            for sentence in sentences where sentence.text.contains(where: { !$0.isWhitespace }) {
                try await clauses.send(
                    Clause(
                        pieces: [.transcript(sentence.text)],
                        speech: synthesizer.speech(of: sentence.text, voice: conversation.voice)))
                try Task.checkCancellation()
            }
        }
        for try await output in model.answer(conversation) {
            try Task.checkCancellation()
            if !hasBegun, output.isToken {
                hasBegun = true
                await clauses.send(Clause(pieces: [.firstToken]))
            }
            switch output {
            case .text(let text) where conversation.output == .text: await clauses.send(Clause(pieces: [.text(text)]))
            case .text(let text): try await send(splitter.append(markdown.append(text)))
            case .functionCallStarted(let callID, let name):
                // The words before a call are complete, and are not kept waiting until it is.
                try await send(splitter.append(markdown.finish()) + splitter.finish())
                (markdown, splitter) = (SpokenMarkdown(), SentenceSplitter())
                await clauses.send(Clause(pieces: [.functionCallStarted(callID: callID, name: name)]))
            case .functionCallArguments(let callID, let delta):
                await clauses.send(Clause(pieces: [.functionCallArguments(callID: callID, delta: delta)]))
            // What is still to be said does not wait for these.
            case .functionCall(let call): last.append(.functionCall(call))
            case .usage(let usage): last.append(.usage(usage))
            case .rateLimits(let limits): notice.yield(.rateLimits(limits))
            }
        }
        try Task.checkCancellation()
        try await send(splitter.append(markdown.finish()) + splitter.finish())
        if !last.isEmpty { await clauses.send(Clause(pieces: last)) }
    }
}

extension ResponsePiece {
    /// True if it has been through all parts; words that are to be said have yet to be spoken.
    fileprivate var isAnswer: Bool {
        switch self {
        case .speech, .text, .functionCallStarted, .functionCallArguments, .functionCall: true
        case .firstToken, .transcript, .usage: false
        }
    }
}

extension LanguageModelOutput {
    fileprivate var isToken: Bool {
        switch self {
        case .text, .functionCallStarted, .functionCallArguments, .functionCall: true
        case .usage, .rateLimits: false
        }
    }
}
