internal import Audio
internal import Responders

/// The user's turns: from sound to items.
extension RealtimeSession {
    /// Sound that is kept while nobody speaks, beside the prefix of a turn: what the detector needs to be sure.
    private static let onsetReserve = SpeechFormat.sampleRate / 2

    /// Takes sound, and finds turns in it if the session asks for that.
    func hear(_ samples: [Int16]) throws(EventError) {
        if let turn, inputBuffer.isFull(for: samples) {
            // A turn as long as the buffer: it ends here, so that nothing is lost, and what follows is the next one.
            listener?.endTurn()
            endTurn(turn, at: inputBuffer.end)
        }
        prepareListener()
        try inputBuffer.append(samples)
        tell(.heard(samples))
        defer { tellSound() }
        guard let turnDetection = settings.turnDetection else { return }
        let actions = listener?.listen(to: samples, at: clock.now, interrupts: speechWouldInterrupt) ?? []
        for action in actions {
            switch action {
            case .interruptionSuspected(let sample): suspectInterruption(at: sample)
            case .interruptionDismissed: dismissInterruption()
            case .speechStarted(let sample): startTurn(at: max(sample, inputBuffer.start))
            case .speechStopped(let sample): if let turn { endTurn(turn, at: sample) }
            }
        }
        if turn == nil {
            let prefix = SpeechFormat.samples(inMilliseconds: turnDetection.prefixPaddingMs)
            let needed = inputBuffer.end - prefix - Self.onsetReserve
            inputBuffer.discard(before: min(needed, suspectedStart ?? needed))
        }
    }

    /// Takes note of sound that the client plays, so that it is known again when it comes back through the microphone.
    /// - Parameter instant: when it is heard at the earliest.
    func plays(_ samples: ArraySlice<Int16>, at instant: Duration) {
        prepareListener()
        listener?.plays(samples, at: instant)
    }

    private func prepareListener() {
        guard listener == nil, let turnDetection = settings.turnDetection else { return }
        listener = TurnListener(turnDetection, hearing: makeSpeechDetector(), at: inputBuffer.end)
    }

    /// The client's sound at 24 kHz.
    func speech(_ samples: [Int16]) throws(EventError) -> [Int16] {
        guard settings.inputFormat.law != nil else { return samples }
        do throws(Resampler.Failure) {
            if let inputResampler { return try inputResampler.resample(samples) }
            let resampler = try Resampler(from: settings.inputFormat.rate)
            inputResampler = resampler
            return try resampler.resample(samples)
        } catch {
            throw EventError(kind: .server, code: .invalidValue, message: "\(error)", param: "audio")
        }
    }

    func commitAudio() throws(EventError) {
        guard !inputBuffer.isEmpty else {
            throw EventError(
                code: .bufferEmpty,
                message: "There is no sound in the input audio buffer. Send input_audio_buffer.append first.")
        }
        listener?.endTurn()
        dismissInterruption()
        commit(from: inputBuffer.start, to: inputBuffer.end, ResponseTimeline())
    }

    func clearAudio() {
        listener?.endTurn()
        dismissInterruption()
        turn = nil
        if let told = told.take() {
            attendant.follow(.turnDropped(id: told.itemID))
            tell(.turnEnded)
        }
        inputBuffer.clear()
        send(AudioCleared())
    }

    /// True if speech would stop an answer that is being prepared or heard. Of its last second nothing is left to be
    /// protected: what is said then answers it.
    private var speechWouldInterrupt: Bool {
        guard settings.turnDetection?.interruptResponse == true else { return false }
        return response != nil || playbacks.contains { $0.end > clock.now + .seconds(1) }
    }

    private func suspectInterruption(at start: Int) {
        suspectedStart = start
        guard settings.video != nil else { return }
        send(InterruptionSuspected(audioStartMs: SpeechFormat.milliseconds(ofSample: start)))
    }

    /// Lets the answer go on.
    func dismissInterruption() {
        guard suspectedStart.take() != nil, settings.video != nil else { return }
        send(InterruptionDismissed())
    }

    private func startTurn(at start: Int) {
        suspectedStart = nil
        let turn = OpenTurn(itemID: Identifier.item(), start: start)
        self.turn = turn
        beginTelling(turn.itemID, from: start)
        send(SpeechStarted(audioStartMs: SpeechFormat.milliseconds(ofSample: start), itemID: turn.itemID))
        guard settings.turnDetection?.interruptResponse == true else { return }
        cancelResponse(reason: .turnDetected)
        cancelPlayback()
    }

    private func endTurn(_ turn: OpenTurn, at end: Int) {
        send(SpeechStopped(audioEndMs: SpeechFormat.milliseconds(ofSample: end), itemID: turn.itemID))
        commit(from: turn.start, to: end, timeline(ofTurnEndingAt: end))
        guard settings.turnDetection?.createResponse == true else { return }
        do {
            try createResponse(ResponseParameters())
        } catch {
            send(ErrorEvent(error, eventID: nil))
        }
    }

    /// Lets the responder hear the turn that has begun, as far as it has come.
    private func tellSound() {
        if settings.turnDetection == nil, told == nil { beginTelling(Identifier.item(), from: inputBuffer.start) }
        guard let told else { return }
        let news = inputBuffer.samples(from: told.position)
        guard !news.isEmpty else { return }
        self.told?.position += news.count
        attendant.follow(.turnHeard(id: told.itemID, Array(news)))
    }

    private func beginTelling(_ itemID: String, from start: Int) {
        if let told { attendant.follow(.turnDropped(id: told.itemID)) }
        told = ToldTurn(itemID: itemID, position: start)
        tell(.turnStarted)
        attendant.follow(.turnStarted(id: itemID))
    }

    /// Makes an item of the sound between two positions; what comes before it is let go.
    private func commit(from start: Int, to end: Int, _ timeline: ResponseTimeline) {
        tellSound()
        if told != nil { tell(.turnEnded) }
        let item = ConversationItem(
            id: turn?.itemID ?? told?.itemID ?? Identifier.item(), role: .user, status: .completed,
            content: [.speech(.init(samples: inputBuffer.take(from: start, to: end)))])
        turn = nil
        told = nil
        turnTimeline = timeline
        turnTimeline?.turnID = item.id
        turnTimeline?.reached(.turnCommitted, at: clock.now)
        let previousID = history.lastID
        send(AudioCommitted(previousItemID: previousID, itemID: item.id))
        do {
            try history.insert(item)
            attendant.follow(.inserted(item.entry, after: previousID))
            tell(.entered(item.entry))
            announce(item, after: previousID)
        } catch {
            send(ErrorEvent(error, eventID: nil))
        }
    }
}
