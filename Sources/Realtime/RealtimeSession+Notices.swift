internal import Audio
internal import Responders

/// What the responder tells beside its answers.
extension RealtimeSession {
    func take(_ notice: ResponderNotice) {
        guard !isClosed else { return }
        switch notice {
        case .transcript(let id, let delta):
            guard let index = transcribedPart(of: id) else { return }
            send(TranscriptionDelta(itemID: id, contentIndex: index, delta: delta))
        case .transcribed(let id, let text):
            history.transcribe(id, text)
            tell(.transcribed(itemID: id, text: text))
            noteTranscript(of: id)
            guard let index = transcribedPart(of: id) else { return }
            let milliseconds = SpeechFormat.milliseconds(ofSample: history[id]?.sampleCount ?? 0)
            send(
                TranscriptionCompleted(
                    itemID: id, contentIndex: index, transcript: text,
                    usage: .init(seconds: Double(milliseconds) / 1000)))
        case .transcriptionFailed(let id, let reason):
            guard let index = transcribedPart(of: id) else { return }
            send(TranscriptionFailed(itemID: id, contentIndex: index, error: .init(message: reason)))
        case .rateLimits(let limits):
            send(RateLimitsUpdated(limits))
        case .unreachable(let reason, let retry):
            send(
                ErrorEvent(
                    EventError(
                        kind: .server, code: .responderUnreachable, message: reason,
                        retryAfterMs: retry.map { $0.microseconds / 1000 }),
                    eventID: nil))
        case .reachable:
            if settings.video != nil { send(ResponderReachable()) }
        }
    }

    /// The part of an item of which the client wants to know the words; nil if it does not, or the item is gone.
    private func transcribedPart(of id: String) -> Int? {
        guard settings.transcription != nil else { return nil }
        // A turn is recognized while it is being spoken, before it is an item.
        return told?.itemID == id ? 0 : history[id]?.message?.speechIndex
    }
}
