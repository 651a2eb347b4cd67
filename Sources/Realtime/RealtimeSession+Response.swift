internal import Audio
internal import Batching
internal import Metrics
internal import Responders

/// Responses: which are given, and how they begin and end.
///
/// One speaks, or belongs to the conversation; beside it there may be others, written and out of the conversation.
extension RealtimeSession {
    /// How long it takes from `response.create` until the client shows the first frame; the utterance is painted on
    /// the frames of the idle clip that will be due then.
    private static let startUpTime = Duration.milliseconds(120)

    /// Begins a response.
    /// - Parameter pieces: what to say; nil to ask the responder.
    func createResponse(
        _ parameters: ResponseParameters, saying pieces: (any AsyncSequence<ResponsePiece, any Error> & Sendable)? = nil
    ) throws(EventError) {
        guard !isDraining else {
            throw EventError(
                kind: .server, code: .draining, message: "The server is about to stop. Connect again and ask there.")
        }
        var parameters = parameters
        if pieces != nil { parameters.output = .speech }
        if let voice = parameters.voice {
            parameters.voice = try voices.voice(named: voice, param: "response.audio.output.voice")
        }
        let terms = ResponseTerms(parameters, settings: settings, conversationID: conversationID)
        try checkRoom(for: terms)
        if let pieces { return try begin(terms, isSaid: true) { _, _ in pieces } }
        let conversation = Conversation(
            try items(for: parameters), parameters: parameters, settings: settings, terms: terms)
        try begin(terms) { [attendant] responseID, itemID in
            try attendant.respond(
                to: ResponseRequest(
                    responseID: responseID, itemID: itemID, conversation: conversation,
                    isOutOfBand: terms.isOutOfBand))
        }
    }

    private func checkRoom(for terms: ResponseTerms) throws(EventError) {
        if terms.isBeside {
            guard responsesBeside.count >= Self.mostResponsesBeside else { return }
            throw EventError(
                code: .responseActive,
                message: "\(responsesBeside.count) responses are being given beside the conversation already. "
                    + "Wait for a response.done.")
        }
        guard let response else { return }
        throw EventError(
            code: .responseActive,
            message: "Response \(response.id) is still being given. Wait for its response.done, or cancel it.")
    }

    /// What is to be answered: the conversation, or what the client named instead.
    private func items(for parameters: ResponseParameters) throws(EventError) -> [ConversationItem] {
        guard let input = parameters.input else { return history.finalItems }
        var items: [ConversationItem] = []
        for one in input {
            switch one {
            case .item(let item): items.append(item)
            case .reference(let id):
                guard let item = history[id] else { throw ConversationHistory.notFound(id, param: "response.input") }
                items.append(item)
            }
        }
        return items
    }

    /// - Parameters:
    ///   - isSaid: true if the answer is none of the responder's.
    ///   - answer: gives its pieces; it gets the names of the response and of its message.
    private func begin(
        _ terms: ResponseTerms, isSaid: Bool = false,
        answer: @escaping @Sendable (String, String) throws -> any AsyncSequence<ResponsePiece, any Error> & Sendable
    ) throws(EventError) {
        // What is still being played is heard first.
        let playbackStart = max(clock.now, playbacks.last?.end ?? .zero)
        var order: FilmOrder?
        var film: Film?
        if terms.video != nil {
            speakingPlaces = try takePlaces()
            let (wakeUps, mayGoOn) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
            film = Film(mayGoOn: mayGoOn)
            order = FilmOrder(
                baseFrame: idlePosition.frame(at: playbackStart + Self.startUpTime), wakeUps: wakeUps)
        }
        let response = ActiveResponse(
            terms, isSaid: isSaid, timeline: terms.isBeside ? ResponseTimeline() : timelineOfNextResponse(),
            playbackStart: playbackStart, film: film)
        if terms.isBeside {
            responsesBeside[response.id] = response
        } else {
            self.response = response
            if terms.output == .speech { speaking = metrics.beginSpeaking() }
            tell(.responding(responseID: response.id, itemID: response.itemID, isSeen: film != nil))
        }
        send(response.created)
        guard !isClosed else { return }
        // The task knows the response by its name: it must not hold on to it.
        responseTasks[response.id] = Task { [id = response.id, itemID = response.itemID] in
            await give(id, film: order) { try answer(id, itemID) }
            responseTasks[id] = nil
        }
    }

    private func takePlaces() throws(EventError) -> [SpeakingPlace] {
        do throws(BatchingError) {
            var taken: [SpeakingPlace] = []
            for places in performer.places { taken.append(try places.take()) }
            return taken
        } catch {
            metrics.refused.increment()
            throw EventError(error)
        }
    }

    // MARK: Interruption

    func cancelResponse(id: String?) throws(EventError) {
        if let id, let response = responsesBeside[id] {
            return cancel(response, reason: .clientCancelled)
        }
        guard let response, id == nil || id == response.id else {
            throw EventError(
                code: .responseNotActive,
                message: id.map { "Response \($0.quotedForMessage) is not being given: nothing to cancel." }
                    ?? "There is no response to cancel.",
                param: id == nil ? nil : "response_id")
        }
        cancelResponse(reason: .clientCancelled)
    }

    /// Interrupts the response, if there is one, and keeps of it what was heard.
    func cancelResponse(reason: ResponseStatus.CancellationReason?) {
        guard let response else { return }
        cancelPlayback()  // The response may wait for those before it to be heard.
        cancel(response, reason: reason)
        playbacks = []
    }

    private func cancel(_ response: ActiveResponse, reason: ResponseStatus.CancellationReason?) {
        let heard = min(response.speech.pacer.playhead(at: clock.now), response.speech.sentSamples)
        end(response, .cancelled(reason), heard: heard)
        responseTasks[response.id]?.cancel()
        guard response.speaksInConversation else { return }
        tellTruncated(response.itemID, toMs: SpeechFormat.milliseconds(ofSample: heard))
    }

    /// Interrupts all responses: the client is gone, or the session is to end.
    func cancelAllResponses() {
        cancelResponse(reason: nil)
        for response in responsesBeside.values { cancel(response, reason: nil) }
    }

    /// Keeps of the utterances that have been sent but not yet played what was heard of them.
    func cancelPlayback() {
        let now = clock.now
        let unheard = playbacks.filter { now < $0.end }
        playbacks = []
        if !unheard.isEmpty || response != nil { tell(.interrupted) }
        for playback in unheard {
            let heard = SpeechFormat.milliseconds(ofSample: playback.pacer.playhead(at: now))
            // It was deleted, or has never been in the conversation.
            guard let end = try? history.truncate(playback.itemID, toMs: heard) else { continue }
            tellTruncated(playback.itemID, toMs: end)
        }
    }

    /// Says no more of what is being said, and plays no more of what was sent.
    func clearOutputAudio() throws(EventError) {
        guard let id = response?.id ?? playbacks.last?.responseID else {
            throw EventError(
                code: .responseNotActive, message: "Nothing is being said: there is no sound to clear.")
        }
        cancelResponse(reason: .clientCancelled)
        cancelPlayback()
        send(OutputAudioCleared(responseID: id))
    }

    /// Stops working for a client that is gone.
    func abandonResponses() {
        if let response {
            let heard = min(response.speech.pacer.playhead(at: clock.now), response.speech.sentSamples)
            tell(.responded(response.finished(.cancelled(nil), heard: heard)))
        }
        response = nil
        responsesBeside = [:]
        speakingPlaces = []
        speaking = nil
        playbacks = []
        for task in responseTasks.values { task.cancel() }
    }

    // MARK: End

    func end(_ ended: ActiveResponse, _ status: ResponseStatus, heard: Int) {
        if responsesBeside.removeValue(forKey: ended.id) == nil {
            response = nil
            speakingPlaces = []
            speaking = nil
            tell(.responded(ended.finished(status, heard: heard)))
        }
        var ended = ended
        let closing = ended.close(status, heard: heard)
        if !ended.terms.isOutOfBand {
            for item in closing.items {
                history.update(item)
                // What the responder said itself it knows.
                if ended.isSaid { attendant.follow(.inserted(item.entry, after: ended.previousItemID)) }
            }
        }
        for event in closing.events { send(event) }
        guard ended.speech.sentSamples > 0 else { return }
        let now = clock.now
        playbacks.removeAll { $0.end <= now }
        playbacks.append(
            Playback(
                responseID: ended.id, itemID: ended.itemID, timeline: ended.timeline, pacer: ended.speech.pacer,
                samples: ended.speech.sentSamples))
    }
}
