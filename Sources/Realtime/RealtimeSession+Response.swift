internal import Audio
internal import Batching
internal import LipSync
internal import Logging
internal import Metrics
internal import Responders

/// The avatar's utterances.
///
/// A response is one task with two children: one pulls speech from the responder and sends it, the other makes and
/// sends the frames. Both come back to the session for every delta, where nothing can happen in between, and find
/// their response gone once it is cancelled: so no delta follows the end of its response.
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
        if let response {
            throw EventError(
                code: .responseActive,
                message: "Response \(response.id) is still being given. Wait for its response.done, or cancel it.")
        }
        let voice = parameters.voice ?? settings.voice
        try voices.check(voice, param: "response.audio.output.voice")
        let conversation = history.conversation(
            voice: voice, instructions: parameters.instructions ?? settings.instructions)
        guard pieces != nil || !conversation.turns.isEmpty else {
            throw EventError(
                code: .nothingToAnswer,
                message: "Nothing has been said yet. Send conversation.item.create or commit sound first.")
        }

        speakingPlaces = try takePlaces()
        let (wakeUps, filmingMayGoOn) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        // What is still being played is heard first.
        let playbackStart = max(clock.now, playbacks.last?.end ?? .zero)
        let response = ActiveResponse(
            conversationID: conversationID, previousItemID: history.lastID, voice: voice,
            metadata: parameters.metadata, transport: settings.videoTransport,
            timeline: timelineOfNextResponse(), playbackStart: playbackStart, speaking: metrics.beginSpeaking(),
            filmingMayGoOn: filmingMayGoOn)
        try history.insert(response.itemInProgress)
        self.response = response
        isSaid = pieces != nil
        tell(.responding(responseID: response.id, itemID: response.itemID))
        for event in response.openingEvents() { send(event) }
        guard !isClosed else { return }
        let request = ResponseRequest(
            responseID: response.id, itemID: response.itemID, conversation: conversation)
        let baseFrame = idlePosition.frame(at: playbackStart + Self.startUpTime)
        // The task knows the response by its name: it must not hold on to it.
        responseTask = Task { [id = response.id] in
            await perform(id, for: request, saying: pieces, atBaseFrame: baseFrame, wakeUps: wakeUps)
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

    func cancelResponse(id: String?) throws(EventError) {
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
        let heard = min(response.pacer.playhead(at: clock.now), response.sentSamples)
        end(response, .cancelled(reason), heard: heard)
        responseTask?.cancel()
        playbacks = []
        tellTruncated(response.itemID, toMs: SpeechFormat.milliseconds(ofSample: heard))
    }

    /// Keeps of the utterances that have been sent but not yet played what was heard of them.
    func cancelPlayback() {
        let now = clock.now
        let unheard = playbacks.filter { now < $0.end }
        playbacks = []
        if !unheard.isEmpty || response != nil { tell(.interrupted) }
        for playback in unheard {
            let heard = SpeechFormat.milliseconds(ofSample: playback.pacer.playhead(at: now))
            guard let end = try? history.truncate(playback.itemID, toMs: heard) else { continue }  // It was deleted.
            tellTruncated(playback.itemID, toMs: end)
        }
    }

    /// Stops working for a client that is gone.
    func abandonResponse() {
        if let response {
            let heard = min(response.pacer.playhead(at: clock.now), response.sentSamples)
            tell(.responded(response.finished(.cancelled(nil), heard: heard)))
        }
        response = nil
        speakingPlaces = []
        playbacks = []
        responseTask?.cancel()
    }

    private func end(_ response: ActiveResponse, _ status: ResponseStatus, heard: Int) {
        self.response = nil
        speakingPlaces = []
        let (events, item) = response.closing(status, heard: heard)
        history.update(item)
        // What the responder said itself it knows.
        if isSaid { attendant.follow(.inserted(item.entry, after: response.previousItemID)) }
        tell(.responded(response.finished(status, heard: heard)))
        for event in events { send(event) }
        let now = clock.now
        playbacks.removeAll { $0.end <= now }
        playbacks.append(
            Playback(
                responseID: response.id, itemID: response.itemID, timeline: response.timeline, pacer: response.pacer,
                samples: response.sentSamples))
    }

    // MARK: The task of a response

    @concurrent
    private nonisolated func perform(
        _ id: String, for request: ResponseRequest,
        saying pieces: (any AsyncSequence<ResponsePiece, any Error> & Sendable)?, atBaseFrame baseFrame: Int,
        wakeUps: AsyncStream<Void>
    ) async {
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await self.speak(id, pieces ?? self.attendant.respond(to: request)) }
                group.addTask { try await self.film(id, atBaseFrame: baseFrame, wakeUps: wakeUps) }
                // Not waitForAll(): where one fails, the other has nothing left to do.
                for try await _ in group {}
            }
            await complete(id)
        } catch {
            await fail(id, error)
        }
    }

    @concurrent
    private nonisolated func speak(
        _ id: String, _ pieces: any AsyncSequence<ResponsePiece, any Error> & Sendable
    ) async throws {
        for try await piece in pieces {
            try await deliver(piece, of: id)
        }
        try await finishSpeech(of: id)
    }

    @concurrent
    private nonisolated func film(
        _ id: String, atBaseFrame baseFrame: Int, wakeUps: AsyncStream<Void>
    ) async throws {
        let utterance = try performer.startUtterance(atBaseFrame: baseFrame)
        var wakeUps = wakeUps.makeAsyncIterator()
        while true {
            let step = try await nextFilmStep(of: id)
            for speech in step.speech { await utterance.append(speech) }
            if step.hasAllSpeech { await utterance.finish() }
            switch step.action {
            case .complete:
                return
            case .wait(let instant):
                try await clock.sleep(until: instant)
            case .waitForSpeech:
                await wakeUps.next()
            case .makeFrame(let slack):
                if let frame = try await utterance.nextFrame(within: slack) {
                    let outcome = try await deliver(frame, of: id, counting: utterance.metrics)
                    if outcome == .droppedUntilKeyframe { await utterance.requestKeyframe() }
                } else if step.hasAllSpeech {
                    throw UtteranceEndedEarly()
                } else {
                    await wakeUps.next()
                }
            }
        }
    }

    /// - Throws: `CancellationError` if the response is over, or its task is to end.
    private func withResponse<Result>(_ id: String, _ body: (inout ActiveResponse) -> Result) throws -> Result {
        try Task.checkCancellation()
        guard response?.id == id, var current = response.take() else { throw CancellationError() }
        defer { response = current }
        return body(&current)
    }

    private func deliver(_ piece: ResponsePiece, of id: String) async throws {
        try withResponse(id) { $0.timeline.reached(.firstToken, at: clock.now) }
        switch piece {
        case .transcript(let words):
            let itemID = try withResponse(id) { response in
                response.append(transcript: words)
                return response.itemID
            }
            send(TranscriptDelta(responseID: id, itemID: itemID, delta: words))
        case .firstToken, .text, .functionCall, .usage:
            break
        case .speech(let samples):
            try withResponse(id) { $0.append(speech: samples) }
            var rest = samples[...]
            while !rest.isEmpty {
                let delta = rest.prefix(ActiveResponse.deltaLength)
                rest = rest.dropFirst(delta.count)
                try await waitUntilAudioMayBeSent(of: id)
                let (message, first, start) = try withResponse(id) { response in
                    let first = response.sentSamples
                    response.sends(samples: delta.count, at: clock.now)
                    return (response.deltas.audio(delta, first: first), first, response.pacer.start)
                }
                tell(.spoke(delta, first: first, start: start))
                listener?.plays(delta, at: start + .microseconds(SpeechFormat.microseconds(ofSample: first)))
                send(message)
            }
        }
    }

    private func waitUntilAudioMayBeSent(of id: String) async throws {
        while true {
            let instant = try withResponse(id) { $0.nextAudioInstant }
            if instant <= clock.now { return }
            try await clock.sleep(until: instant)
        }
    }

    private func finishSpeech(of id: String) throws {
        try withResponse(id) { $0.finishSpeech() }
    }

    private func nextFilmStep(of id: String) throws -> ActiveResponse.FilmStep {
        try withResponse(id) { $0.nextFilmStep(at: clock.now) }
    }

    private func deliver(
        _ frame: VideoFrame, of id: String, counting frameMetrics: FrameMetrics
    ) throws -> SendOutcome {
        let (sent, message) = try withResponse(id) { response in
            (response.sendsFrame(at: clock.now), response.deltas.video(frame))
        }
        tell(.showed(frame))
        let outcome = send(message)
        metrics.record(sent, outcome, in: frameMetrics)
        if sent.isFirst, let response {
            tell(.firstFrameSent, in: response.timeline, of: response.id, itemID: response.itemID)
        }
        defer { owesKeyframe = false }
        return outcome == .queued && owesKeyframe ? .droppedUntilKeyframe : outcome
    }

    private func complete(_ id: String) {
        guard let response, response.id == id else { return }
        end(response, .completed, heard: response.sentSamples)
    }

    private func fail(_ id: String, _ error: any Error) {
        // A cancelled response has been closed by whoever cancelled it.
        guard let response, response.id == id else { return }
        logger.warning("Response failed.", metadata: ["response": "\(id)", "error": "\(error)"])
        end(
            response,
            .failed(code: "response_failed", message: "The response could not be completed: \(error)."),
            heard: response.sentSamples)
    }
}

/// The utterance gave fewer frames than its speech is long.
private struct UtteranceEndedEarly: Error, CustomStringConvertible {
    var description: String { "the avatar stopped before its speech ended" }
}
