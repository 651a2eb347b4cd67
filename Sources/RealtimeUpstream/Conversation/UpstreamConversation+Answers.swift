internal import Responders

/// The answers: from the session's question to the upstream's last word.
extension UpstreamConversation {
    mutating func ask(_ request: ResponseRequest, at now: Duration) {
        if let failure = link.failure, failure.isRefusal {
            return finish(request.responseID, .away(failure))
        }
        let answer = UpstreamAnswer(request, at: now)
        answers.append(answer)
        // Its place is here, whatever is said until it comes.
        if answer.isInConversation { items.append(.turn(Turn(id: request.itemID, speaker: .assistant))) }
    }

    mutating func cancel(_ id: String) {
        guard let index = answers.firstIndex(where: { $0.id == id }), !answers[index].isCancelled else { return }
        switch answers[index].progress {
        case .waiting: answers.remove(at: index)
        // As long as it has no name, it cannot be cancelled by its name.
        case .asked: answers[index].isCancelled = true
        case .running(let upstreamID):
            answers[index].isCancelled = true
            send(.cancelResponse(id: upstreamID))
        }
    }

    /// Asks for the next answer, if the upstream is there and has nothing else to do.
    mutating func askNext(at now: Duration) {
        guard link.isReady, let answer = answers.first, answer.progress == .waiting else { return }
        let eventID = nextEventID()
        let order = ResponseOrder(
            answer.request, configuration: configuration, input: input(of: answer.request), eventID: eventID)
        answers[0].progress = .asked(eventID: eventID)
        lastReceived = now
        send(.createResponse(order))
    }

    /// What is to be answered, if it is not the conversation that the upstream follows.
    private func input(of request: ResponseRequest) -> [ResponseOrder.Input]? {
        // The session may have forgotten sound that the upstream has.
        let wanted = request.conversation.entries.filter { !$0.isEmpty || items[$0.key]?.entry.isEmpty == false }
        if !request.isOutOfBand, wanted.map(\.key) == items.keys { return nil }
        return wanted.map { entry in
            guard case .present(let parts) = items[entry.key]?.presence, parts.count == 1 else { return .entry(entry) }
            return .reference(id: parts[0].name)
        }
    }

    // MARK: What the upstream says

    mutating func receiveAnswer(_ event: UpstreamEvent) {
        guard let answer = answers.first else { return }
        if case .responseCreated(let upstreamID) = event {
            guard case .asked = answer.progress else { return }
            answers[0].progress = .running(upstreamID: upstreamID)
            if answer.isCancelled { send(.cancelResponse(id: upstreamID)) }
            return
        }
        guard case .running(let upstreamID) = answer.progress, event.responseID == upstreamID else { return }
        if case .outputItemAdded(.message(let name), _) = event, answer.isInConversation {
            // Also of a cancelled answer: the upstream has it, until it is truncated.
            if items[answer.request.itemID] != nil {
                items.add(.init(name: name), to: answer.request.itemID)
            } else {
                send(.deleteItem(id: name))
            }
        }
        if case .responseDone(let finished) = event {
            answers.removeFirst()
            if answer.isCancelled {
                forgetUnheard(answer.request.itemID)
            } else {
                finish(answer, finished)
            }
        } else if !answer.isCancelled {
            begin()
            pass(event, of: answer)
        }
    }

    /// Passes on a part of an answer.
    private mutating func pass(_ event: UpstreamEvent, of answer: UpstreamAnswer) {
        switch event {
        case .audio(let position, let bytes):
            let samples = answers[0].samples(in: bytes)
            guard !samples.isEmpty, answer.request.conversation.output == .speech else { return }
            if answer.isInConversation {
                items.add(
                    samples: samples.count, contentIndex: position.contentIndex, to: position.itemID,
                    of: answer.request.itemID)
            }
            yield(.speech(samples))
        // Who does not hear the words reads them, and the other way round.
        case .transcript(_, let delta), .text(_, let delta):
            if answer.isInConversation { items.append(text: delta, to: answer.request.itemID) }
            yield(answer.request.conversation.output == .text ? .text(delta) : .transcript(delta))
        case .outputItemAdded(.functionCall(let call), _):
            yield(.functionCallStarted(callID: call.callID, name: call.name))
        case .functionCallArguments(_, let callID, let delta):
            yield(.functionCallArguments(callID: callID, delta: delta))
        case .outputItemDone(.functionCall(var call), _):
            let name = call.id
            call.id = ""
            if answer.isInConversation {
                items.append(.functionCall(call))
                items.add(.init(name: name), to: ConversationEntry.functionCall(call).key)
            }
            yield(.functionCall(call))
        default: break
        }
    }

    /// The first that is known of an answer.
    private mutating func begin() {
        guard !answers[0].hasBegun else { return }
        answers[0].hasBegun = true
        yield(.firstToken)
    }

    private mutating func yield(_ piece: ResponsePiece) {
        act(.yield(piece, responseID: answers[0].id))
    }

    private mutating func finish(_ answer: UpstreamAnswer, _ finished: UpstreamEvent.FinishedResponse) {
        if let usage = finished.usage { act(.yield(.usage(usage), responseID: answer.id)) }
        let reason = finished.reason ?? "no reason given"
        switch finished.status {
        case "failed": finish(answer.id, .failed(reason: finished.error?.message ?? reason))
        case "cancelled": finish(answer.id, .stopped(reason: reason))
        case "incomplete" where reason != "max_output_tokens": finish(answer.id, .stopped(reason: reason))
        default: finish(answer.id, nil)
        }
    }

    /// An error of the upstream: of an answer, of a commit, or of neither.
    mutating func complain(_ error: UpstreamEvent.ErrorDetails, eventID: String?) {
        if let eventID { items.refused(eventID: eventID) }
        if let answer = answers.first, case .asked(let asked) = answer.progress, eventID == nil || eventID == asked {
            answers.removeFirst()
            if !answer.isCancelled { finish(answer.id, .failed(reason: error.message)) }
        } else {
            act(.warn("\(error.message)\(error.code.map { " (\($0))" } ?? "")"))
        }
    }

    // MARK: What the connection does

    /// The connection is gone: answers that have not begun wait for it, unless it is of no use to wait.
    mutating func endAnswers(after failure: UpstreamFailure) {
        var waiting: [UpstreamAnswer] = []
        for var answer in answers where !answer.isCancelled {
            let isStalled = if case .stalled = failure { answer.progress != .waiting } else { false }
            if answer.hasBegun || isStalled {
                finish(answer.id, .interrupted(failure))
            } else if failure.isRefusal {
                finish(answer.id, .away(failure))
            } else {
                answer.progress = .waiting
                waiting.append(answer)
            }
        }
        answers = waiting
    }

    /// Ends the answers that have waited too long.
    mutating func endImpatientAnswers(at now: Duration) {
        guard !link.isReady else { return }
        let failure = link.lastFailure ?? .connectTimeout(settings.patience)
        for answer in answers where now >= answer.askedAt + settings.patience {
            finish(answer.id, .away(failure))
        }
        answers.removeAll { now >= $0.askedAt + settings.patience }
    }

    private mutating func finish(_ id: String, _ problem: UpstreamError.Problem?) {
        act(.finish(responseID: id, problem.map { UpstreamError(upstream: host, problem: $0) }))
    }
}

extension UpstreamEvent {
    /// The response that it belongs to.
    fileprivate var responseID: String? {
        switch self {
        case .outputItemAdded(_, let id), .outputItemDone(_, let id): id
        case .audio(let position, _), .transcript(let position, _), .text(let position, _): position.responseID
        case .functionCallArguments(let id, _, _): id
        case .responseDone(let finished): finished.id
        default: nil
        }
    }
}
