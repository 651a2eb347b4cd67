internal import Audio
internal import LipSync
internal import Logging
internal import Responders

/// Giving a response: from the responder's pieces to what the client receives.
///
/// A response is one task with up to two children: one pulls pieces from the responder and sends them, the other makes
/// and sends the frames. Both come back to the session for every delta, where nothing can happen in between, and find
/// their response gone once it is cancelled: so no delta follows the end of its response.
extension RealtimeSession {
    /// The film of a response: where it begins, and when it may go on.
    struct FilmOrder: Sendable {
        /// The frame of the idle clip on which frame 0 is painted.
        var baseFrame: Int
        /// Comes whenever a frame that had to wait for speech might be possible.
        var wakeUps: AsyncStream<Void>
    }

    @concurrent
    nonisolated func give(
        _ id: String, film order: FilmOrder?,
        answer: @escaping @Sendable () throws -> any AsyncSequence<ResponsePiece, any Error> & Sendable
    ) async {
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for try await piece in try answer() { try await self.deliver(piece, of: id) }
                    try await self.finishSpeech(of: id)
                }
                if let order { group.addTask { try await self.film(id, order) } }
                // Not waitForAll(): where one fails, the other has nothing left to do.
                for try await _ in group {}
            }
            await complete(id)
        } catch {
            await fail(id, error)
        }
    }

    @concurrent
    private nonisolated func film(_ id: String, _ order: FilmOrder) async throws {
        let utterance = try performer.startUtterance(atBaseFrame: order.baseFrame)
        var wakeUps = order.wakeUps.makeAsyncIterator()
        while let step = try await nextFilmStep(of: id) {
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
    private func withResponse<Result>(_ id: String, _ body: (inout ActiveResponse) throws -> Result) throws -> Result {
        try Task.checkCancellation()
        if response?.id == id, var current = response.take() {
            defer { response = current }
            return try body(&current)
        }
        guard var beside = responsesBeside.removeValue(forKey: id) else { throw CancellationError() }
        defer { responsesBeside[id] = beside }
        return try body(&beside)
    }

    // MARK: Words and sound

    private func deliver(_ piece: ResponsePiece, of id: String) async throws {
        let output = try withResponse(id) { response in
            response.timeline.reached(.firstToken, at: clock.now)
            return response.terms.output
        }
        switch (piece, output) {
        case (.firstToken, _):
            break
        case (.transcript(let words), .speech), (.text(let words), .speech):
            try openMessage(of: id)
            send(try withResponse(id) { $0.append(transcript: words) })
        case (.transcript(let words), .text), (.text(let words), .text):
            try openMessage(of: id)
            send(try withResponse(id) { $0.append(text: words) })
        case (.speech(let samples), .speech):
            try openMessage(of: id)
            try await deliver(samples, of: id)
        case (.speech, .text):
            break  // The client wants to read.
        case (.functionCallStarted(let callID, let name), _):
            try openCall(callID, name: name, of: id)
        case (.functionCallArguments(let callID, let delta), _):
            if let event = try withResponse(id, { $0.append(arguments: delta, of: callID) }) { send(event) }
        case (.functionCall(let call), _):
            try openCall(call.callID, name: call.name, of: id)
            try complete(call, of: id)
        case (.usage(let usage), _):
            try withResponse(id) { $0.usage = usage }
        }
    }

    private func openMessage(of id: String) throws {
        let previousID = history.lastID
        guard let opening = try withResponse(id, { try $0.openMessage(after: previousID) }) else { return }
        try begin(opening, of: id)
    }

    /// Takes an item that begins into the conversation, and tells the client.
    private func begin(_ opening: ActiveResponse.Opening, of id: String) throws {
        if try withResponse(id, { !$0.terms.isOutOfBand }) { try history.insert(opening.item) }
        for event in opening.events { send(event) }
    }

    private func openCall(_ callID: String, name: String, of id: String) throws {
        let previousID = history.lastID
        guard let opening = try withResponse(id, { $0.openCall(callID, name: name, after: previousID) }) else { return }
        try begin(opening, of: id)
    }

    private func complete(_ call: FunctionCall, of id: String) throws {
        let (closing, isOutOfBand) = try withResponse(id) { ($0.completeCall(call), $0.terms.isOutOfBand) }
        if !isOutOfBand {
            for item in closing.items {
                history.update(item)
                tell(.entered(item.entry))
            }
        }
        for event in closing.events { send(event) }
    }

    private func deliver(_ samples: [Int16], of id: String) async throws {
        try withResponse(id) { $0.append(speech: samples) }
        var rest = samples[...]
        while !rest.isEmpty {
            let delta = rest.prefix(ActiveResponse.deltaLength)
            rest = rest.dropFirst(delta.count)
            try await waitUntilAudioMayBeSent(of: id)
            let sent = try withResponse(id) { response in
                try response.sends(delta, at: clock.now).map { ($0.first, $0.message, response.speech.pacer.start) }
            }
            guard let (first, message, start) = sent else { return }
            tell(.spoke(delta, first: first, start: start))
            plays(delta, at: start + .microseconds(SpeechFormat.microseconds(ofSample: first)))
            send(message)
        }
    }

    private func waitUntilAudioMayBeSent(of id: String) async throws {
        while true {
            let instant = try withResponse(id) { $0.speech.nextInstant }
            if instant <= clock.now { return }
            try await clock.sleep(until: instant)
        }
    }

    private func finishSpeech(of id: String) throws {
        if let rest = try withResponse(id, { try $0.finishSpeech() }) { send(rest) }
    }

    // MARK: Frames

    private func nextFilmStep(of id: String) throws -> Film.Step? {
        try withResponse(id) { $0.nextFilmStep(at: clock.now) }
    }

    private func deliver(
        _ frame: VideoFrame, of id: String, counting frameMetrics: FrameMetrics
    ) throws -> SendOutcome {
        guard let (sent, message) = try withResponse(id, { $0.sends(frame, at: clock.now) }) else { return .closed }
        tell(.showed(frame))
        let outcome = send(message)
        metrics.record(sent, outcome, in: frameMetrics)
        if sent.isFirst, let response {
            tell(.firstFrameSent, in: response.timeline, of: response.id, itemID: response.itemID)
        }
        return outcome
    }

    // MARK: End

    private func complete(_ id: String) {
        guard let response = activeResponse(id) else { return }
        end(response, .completed, heard: response.speech.sentSamples)
    }

    private func fail(_ id: String, _ error: any Error) {
        // A cancelled response has been closed by whoever cancelled it.
        guard let response = activeResponse(id) else { return }
        logger.warning("Response failed.", metadata: ["response": "\(id)", "error": "\(error)"])
        end(response, .failed(error), heard: response.speech.sentSamples)
    }

    private func activeResponse(_ id: String) -> ActiveResponse? {
        response?.id == id ? response : responsesBeside[id]
    }
}

/// The utterance gave fewer frames than its speech is long.
private struct UtteranceEndedEarly: Error, CustomStringConvertible {
    var description: String { "the avatar stopped before its speech ended" }
}
