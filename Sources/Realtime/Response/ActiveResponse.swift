internal import Audio
internal import LipSync

/// The response that is being given: how far it has got, and the events by which the client follows it.
///
/// The order of events is OpenAI's: created, item and part added, deltas, everything done in the opposite order.
struct ActiveResponse: Sendable {
    /// The longest piece of sound in one delta: 100 ms.
    static let deltaLength = SpeechFormat.pieceLength
    /// How long the client waits for the first frame: after that it gets one whose mouth is still closed.
    static let firstFramePatience = Duration.milliseconds(500)
    /// How long after the first sound and the first frame a client begins to play (docs/protocol.md, Time).
    private static let startUpBuffer = Duration.milliseconds(80)

    let id: String
    let itemID: String
    let deltas: DeltaEncoder
    /// Speech received, and its words.
    private(set) var transcript = SpokenTranscript()
    private(set) var pacer: Pacer
    private(set) var sentSamples = 0
    private(set) var sentFrames = 0
    /// When frame 0 was sent: playback does not start before it.
    private var firstFrameInstant: Duration?
    private(set) var hasAllSpeech = false

    private let conversationID: String
    /// The item before it.
    let previousItemID: String?
    private let voice: String
    private let metadata: [String: String]?
    /// How far it has come since the user fell silent.
    var timeline: ResponseTimeline
    private let speaking: SessionMetrics.Speaking
    /// Speech that has not been given to the utterance yet.
    private var unfilmedSpeech: [[Int16]] = []
    private let filmingMayGoOn: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - timeline: of what led to it, until it was asked for.
    ///   - playbackStart: when the client can hear it at the earliest.
    ///   - speaking: counts the session as speaking for as long as the response is given.
    ///   - filmingMayGoOn: told whenever a frame that had to wait for speech might be possible.
    init(
        conversationID: String, previousItemID: String?, voice: String, metadata: [String: String]?,
        transport: VideoTransport, timeline: ResponseTimeline, playbackStart: Duration,
        speaking: SessionMetrics.Speaking,
        filmingMayGoOn: AsyncStream<Void>.Continuation
    ) {
        id = Identifier.response()
        itemID = Identifier.item()
        deltas = DeltaEncoder(transport: transport, responseID: id, itemID: itemID)
        pacer = Pacer(start: playbackStart)
        self.conversationID = conversationID
        self.previousItemID = previousItemID
        self.voice = voice
        self.metadata = metadata
        self.timeline = timeline
        self.speaking = speaking
        self.filmingMayGoOn = filmingMayGoOn
    }

    // MARK: Speech

    /// Takes words.
    mutating func append(transcript words: String) {
        transcript.append(words)
    }

    /// Takes speech; it is to be sent with ``sends(samples:at:)``.
    mutating func append(speech: [Int16]) {
        transcript.append(samples: speech.count)
        unfilmedSpeech.append(speech)
        filmingMayGoOn.yield()
    }

    /// Says that no more speech follows.
    mutating func finishSpeech() {
        hasAllSpeech = true
        filmingMayGoOn.yield()
    }

    /// When the next sound may be sent.
    var nextAudioInstant: Duration { pacer.instant(toSend: sentSamples) }

    /// Takes note that the next samples are sent.
    mutating func sends(samples: Int, at now: Duration) {
        pacer.sends(from: sentSamples, at: now)
        timeline.reached(.firstAudio, at: now)
        sentSamples += samples
        filmingMayGoOn.yield()
    }

    // MARK: Frames

    /// What whoever makes the frames has to do next.
    struct FilmStep: Sendable {
        enum Action: Sendable, Equatable {
            /// It is shown so long from now, or should have been.
            case makeFrame(within: Duration)
            case wait(until: Duration)
            case waitForSpeech
            case complete
        }

        /// Speech to be given to the utterance first.
        var speech: [[Int16]]
        /// True if no speech follows it.
        var hasAllSpeech: Bool
        var action: Action
    }

    /// What whoever makes the frames has to do at `now`. A frame never overtakes its sound.
    mutating func nextFilmStep(at now: Duration) -> FilmStep {
        defer { unfilmedSpeech = [] }
        return FilmStep(speech: unfilmedSpeech, hasAllSpeech: hasAllSpeech, action: nextFilmAction(at: now))
    }

    private func nextFilmAction(at now: Duration) -> FilmStep.Action {
        let frameEnd = (sentFrames + 1) * FrameTiming.samplesPerFrame
        if hasAllSpeech {
            guard sentFrames < FrameTiming.frameCount(ofSamples: transcript.sampleCount) else { return .complete }
        }
        let soundIsOut = sentSamples >= (hasAllSpeech ? min(frameEnd, transcript.sampleCount) : frameEnd)
        guard soundIsOut else { return .waitForSpeech }
        let instant = pacer.instant(toSend: frameEnd)
        return instant <= now ? .makeFrame(within: slack(at: now)) : .wait(until: instant)
    }

    /// How long after `now` the next frame is shown. For the first one nothing waits but the client, who is not to wait
    /// for long.
    private func slack(at now: Duration) -> Duration {
        guard let firstFrameInstant else { return Self.firstFramePatience }
        let pts = Duration.microseconds(FrameTiming.pts(ofFrame: sentFrames))
        return max(pacer.start, firstFrameInstant) + pts - now
    }

    /// What is known of a frame when it is sent.
    struct SentFrame: Equatable {
        /// True if it cannot be shown when its sound is heard, on a client without a delay.
        var isLate: Bool
        /// True for frame 0.
        var isFirst: Bool
    }

    /// Takes note that the next frame is sent.
    mutating func sendsFrame(at now: Duration) -> SentFrame {
        let isLate = slack(at: now) + Self.startUpBuffer < .zero
        let isFirst = firstFrameInstant == nil
        if isFirst {
            firstFrameInstant = now
            timeline.reached(.firstFrameSent, at: now)
        }
        sentFrames += 1
        return SentFrame(isLate: isLate, isFirst: isFirst)
    }

    // MARK: Events

    /// What opens the response.
    func openingEvents() -> [any ServerEvent] {
        let item = ItemObject(item(status: .inProgress, transcript: nil))
        return [
            ResponseCreated(response: object(status: .inProgress, output: [])),
            OutputItemAdded(responseID: id, item: item),
            ItemAdded(previousItemID: previousItemID, item: item),
            ContentPartAdded(responseID: id, itemID: itemID, part: .init(transcript: "")),
        ]
    }

    /// The item as it is while it is spoken.
    var itemInProgress: ConversationItem { item(status: .inProgress, transcript: nil) }

    /// What closes the response.
    /// - Parameter heard: how many samples the client heard or will hear.
    /// - Returns: the events, and the item as it stays in the conversation.
    func closing(_ status: ResponseStatus, heard: Int) -> (events: [any ServerEvent], item: ConversationItem) {
        var heardTranscript = transcript
        heardTranscript.truncate(to: heard)
        let item = item(status: status == .completed ? .completed : .incomplete, transcript: heardTranscript)
        let itemObject = ItemObject(item)
        let words = heardTranscript.text
        let events: [any ServerEvent] = [
            OutputAudioDone(responseID: id, itemID: itemID),
            TranscriptDone(responseID: id, itemID: itemID, transcript: words),
            OutputVideoDone(responseID: id, itemID: itemID, frames: sentFrames),
            ContentPartDone(responseID: id, itemID: itemID, part: .init(transcript: words)),
            ItemDone(previousItemID: previousItemID, item: itemObject),
            OutputItemDone(responseID: id, item: itemObject),
            ResponseDone(response: object(status: status, output: [itemObject])),
        ]
        return (events, item)
    }

    /// What is known of the response when it is over.
    /// - Parameter heard: how many samples the client heard or will hear.
    func finished(_ status: ResponseStatus, heard: Int) -> FinishedResponse {
        var heardTranscript = transcript
        heardTranscript.truncate(to: heard)
        return FinishedResponse(
            id: id, itemID: itemID, status: status.name, text: heardTranscript.text,
            heardMilliseconds: SpeechFormat.milliseconds(ofSample: heard), end: pacer.instant(heard: sentSamples))
    }

    private func item(status: ConversationItem.Status, transcript: SpokenTranscript?) -> ConversationItem {
        ConversationItem(
            id: itemID, role: .assistant, status: status,
            content: transcript.map { [.speech(.init(transcript: $0.text))] } ?? [],
            spoken: transcript.map { .init(transcript: $0, sentSamples: sentSamples) })
    }

    private func object(status: ResponseStatus, output: [ItemObject]) -> ResponseObject {
        ResponseObject(
            id: id, conversationID: conversationID, voice: voice, metadata: metadata, status: status, output: output)
    }
}
