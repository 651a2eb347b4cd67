internal import Audio

/// How long an answer takes, step by step.
extension RealtimeSession {
    /// The turn that ends at sample `end` was just found to be over: its timeline begins when the user fell silent.
    func timeline(ofTurnEndingAt end: Int) -> ResponseTimeline {
        // Sound comes as it is spoken, so what has come is as old as it is long.
        let sinceEnd = SpeechFormat.microseconds(ofSample: max(inputBuffer.end - end, 0))
        let silence = Duration.milliseconds(settings.turnDetection?.silenceDurationMs ?? 0)
        return ResponseTimeline(userStopped: clock.now - .microseconds(sinceEnd) - silence, silence: silence)
    }

    /// The timeline of the response that begins now: of the turn just before it, if it answers one.
    func timelineOfNextResponse() -> ResponseTimeline {
        let answered = turnTimeline.take()
        var timeline = answered.flatMap { $0.turnID == history.lastID ? $0 : nil } ?? ResponseTimeline()
        timeline.asksResponder(at: clock.now, isUpstream: answersComeFromUpstream)
        return timeline
    }

    /// The words of a turn are known: its answer is being given, or will be.
    func noteTranscript(of itemID: String) {
        if turnTimeline?.turnID == itemID { turnTimeline?.reached(.transcript, at: clock.now) }
        if response?.timeline.turnID == itemID { response?.timeline.reached(.transcript, at: clock.now) }
    }

    /// The client showed the first frame of a response `ago` before it said so. What it says of one that is over, or
    /// interrupted, comes too late to matter.
    func noteShown(_ responseID: String, ago: Duration) {
        let instant = clock.now - ago
        if response?.id == responseID {
            response?.timeline.reached(.firstFrameShown, at: instant)
            if let response { tell(.firstFrameShown, in: response.timeline, of: response.id, itemID: response.itemID) }
        } else if let index = playbacks.firstIndex(where: { $0.responseID == responseID }) {
            playbacks[index].timeline.reached(.firstFrameShown, at: instant)
            tell(.firstFrameShown, in: playbacks[index].timeline, of: responseID, itemID: playbacks[index].itemID)
        }
    }

    /// Counts the steps up to `step` that were not counted before, and tells the client of all that are reached.
    func tell(
        _ step: ResponseTimeline.Step, in timeline: ResponseTimeline, of responseID: String, itemID: String
    ) {
        metrics.record(step, in: timeline)
        let event = ResponseTimelineEvent(timeline, responseID: responseID, itemID: itemID)
        tell(.timed(itemID: itemID, stepsMs: event.stepsMs))
        if settings.video != nil { send(event) }
    }
}
