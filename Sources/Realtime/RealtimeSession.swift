public import Audio
public import Batching
public import Logging
public import Responders

/// One connected client: one avatar, one conversation, one clock.
///
/// The edge feeds it the client's messages in their order, one at a time; it puts what the client is to receive
/// into its ``Outbox``. It never closes by itself because of what a client sent: a bad event is answered with `error`.
public actor RealtimeSession {
    /// The session's name on the wire and in logs.
    public nonisolated let id: String

    let performer: any Performing
    private let responderName: String
    let answersComeFromUpstream: Bool
    /// What follows this conversation, and answers it.
    let attendant: any ResponderSession
    let clock: any SessionClock
    let logger: Logger
    let metrics: SessionMetrics
    /// Makes what hears speech, when the first sound arrives.
    let makeSpeechDetector: SpeechDetectorFactory
    /// The names that a client may choose as its voice.
    let voices: VoiceNames
    private let outbox: any Outbox

    // The conversation
    let conversationID = Identifier.conversation()
    var settings: SessionSettings
    var history = ConversationHistory()

    // The user's turn
    var inputBuffer = InputAudioBuffer()
    /// From the rate of the client's sound; nil before it sends some at another than ours.
    var inputResampler: Resampler?
    /// Made when the first sound arrives, or leaves: a session that stays silent has none.
    var listener: TurnListener?
    var turn: OpenTurn?
    /// Where a turn would begin if it turned out that somebody is interrupting.
    var suspectedStart: Int?
    /// How far the responder has been told of what the user says.
    var told: ToldTurn?
    /// The way so far of the turn that was committed last, until it is answered.
    var turnTimeline: ResponseTimeline?

    // The avatar's utterance
    var idlePosition: IdlePosition
    /// The response that speaks, or belongs to the conversation.
    var response: ActiveResponse?
    /// Those that are written beside it, out of the conversation.
    var responsesBeside: [String: ActiveResponse] = [:]
    var responseTasks: [String: Task<Void, Never>] = [:]
    /// What the response takes of what the machine can carry.
    var speakingPlaces: [SpeakingPlace] = []
    /// Counts the session as speaking while it does.
    var speaking: SessionMetrics.Speaking?
    /// What the session takes of what the machine can carry while its client wants a picture.
    var seats: [SessionPlace]
    /// Oldest first: short answers are sent at once, and several may wait to be heard.
    var playbacks: [Playback] = []

    /// Who looks on.
    private(set) var witnesses: [any SessionWitness]

    /// Takes what the responder tells beside its answers.
    private var noticesTask: Task<Void, Never>?
    /// The most responses that are given beside the conversation at the same time.
    static let mostResponsesBeside = 16

    private(set) var isDraining = false
    private(set) var isClosed = false

    /// A turn that has begun.
    struct OpenTurn {
        /// The item that it will become.
        var itemID: String
        /// The position of its first sample.
        var start: Int
    }

    /// A turn whose sound the responder gets as it comes.
    struct ToldTurn {
        /// The item that it will become.
        var itemID: String
        /// The position of the first sample that the responder has not got.
        var position: Int
    }

    /// An utterance that has been sent and is still being played, or waits to be.
    struct Playback {
        var responseID: String
        var itemID: String
        var timeline: ResponseTimeline
        var pacer: Pacer
        var samples: Int

        var end: Duration { pacer.instant(heard: samples) }
    }

    /// Puts a session together; nothing is sent before ``start()``.
    /// - Parameters:
    ///   - performer: the avatar, chosen when the client connected.
    ///   - responder: what answers turns.
    ///   - voices: the names that a client may choose as its voice.
    ///   - settings: what the session starts from; `settings.voice` is one of `voices`.
    ///   - speechDetector: makes what hears speech, for turn detection.
    ///   - seats: of each of the performer's places one, if `settings` ask for a picture.
    ///   - outbox: where messages for the client go.
    ///   - clock: the time that pacing goes by.
    ///   - metrics: what is measured of all sessions.
    ///   - witnesses: who looks on from the beginning.
    public init(
        id: String = Identifier.session(), performer: any Performing, responder: any Responder, voices: Set<String>,
        settings: SessionSettings, speechDetector: @escaping SpeechDetectorFactory = { VoiceActivityDetector() },
        seats: [SessionPlace] = [], outbox: any Outbox, clock: any SessionClock = MonotonicClock(),
        logger: Logger = Logger(label: "visavis.session"), metrics: SessionMetrics = SessionMetrics(),
        witnesses: [any SessionWitness] = []
    ) {
        self.id = id
        self.performer = performer
        responderName = responder.name
        answersComeFromUpstream = responder.isUpstream
        attendant = responder.join()
        self.voices = VoiceNames(known: voices, standard: settings.voice)
        self.settings = settings
        makeSpeechDetector = speechDetector
        self.seats = seats
        self.outbox = outbox
        self.clock = clock
        self.metrics = metrics
        self.witnesses = witnesses
        let avatar = performer.avatarDescription
        idlePosition = IdlePosition(frames: avatar.frames, fps: avatar.fps, startedAt: clock.now)
        var logger = logger
        logger[metadataKey: "session"] = "\(id)"
        self.logger = logger
    }

    // MARK: Life

    /// Sends `session.created`. Called once, before anything is received.
    public func start() {
        send(SessionCreated(session: sessionObject))
        tell(.idle(frame: idlePosition.frame(at: clock.now)))
        tellConfiguration()
        noticesTask = Task { [weak self, notices = attendant.notices] in
            for await notice in notices { await self?.take(notice) }
        }
    }

    /// Accepts no new response, and returns when the current utterance has been sent and played, or interrupted.
    public func drain() async {
        isDraining = true
        for task in responseTasks.values { await task.value }
        if let last = playbacks.last, !isClosed { try? await clock.sleep(until: last.end) }
    }

    /// Stops everything at once: the connection is gone, or the server is. Afterwards nothing is sent.
    public func close() {
        guard !isClosed else { return }
        cancelAllResponses()
        leave()
    }

    /// Nothing is sent any more.
    private func leave() {
        guard !isClosed else { return }
        isClosed = true
        noticesTask?.cancel()
        attendant.leave()
        tell(.ended)
        witnesses = []
    }

    // MARK: What the client sends

    /// Takes a text message: one client event as UTF-8 JSON.
    public func receive(text: [UInt8]) {
        guard !isClosed else { return }
        do throws(ClientMessageError) {
            let message = try ClientMessage.parse(text, sound: settings.inputFormat)
            do throws(EventError) {
                try handle(message.event)
            } catch {
                send(ErrorEvent(error, eventID: message.eventID))
            }
        } catch {
            send(ErrorEvent(error.error, eventID: error.eventID))
        }
    }

    /// Takes a binary message: sound for the input buffer, see ``BinaryMessage``.
    public func receive(binary: [UInt8]) {
        guard !isClosed else { return }
        do throws(EventError) {
            try hear(speech(BinaryMessage.sound(in: binary, as: settings.inputFormat)))
        } catch {
            send(ErrorEvent(error, eventID: nil))
        }
    }

    private func handle(_ event: ClientEvent) throws(EventError) {
        switch event {
        case .updateSession(let update): try updateSession(update)
        case .appendAudio(let samples): try hear(speech(samples))
        case .commitAudio: try commitAudio()
        case .clearAudio: clearAudio()
        case .createItem(let item, let previousID): try createItem(item, after: previousID)
        case .truncateItem(let id, let end): try truncateItem(id, toMs: end)
        case .deleteItem(let id): try deleteItem(id)
        case .retrieveItem(let id): try retrieveItem(id)
        case .createResponse(let parameters): try createResponse(parameters)
        case .cancelResponse(let id): try cancelResponse(id: id)
        case .clearOutputAudio: try clearOutputAudio()
        case .videoPosition(let frame): try updateVideoPosition(frame)
        case .videoReport(let skewMs): metrics.record(skewMs: skewMs)
        case .videoShown(let responseID, let ago): noteShown(responseID, ago: ago)
        }
    }

    // MARK: What the client receives

    /// Sends an event.
    func send(_ event: some ServerEvent) {
        send(event.message())
    }

    /// Sends a message.
    @discardableResult
    func send(_ message: OutboundMessage) -> SendOutcome {
        guard !isClosed else { return .closed }
        let outcome = outbox.send(message)
        if outcome == .closed {
            abandonResponses()
            leave()
        }
        return outcome
    }

    /// The session as its client sees it.
    var sessionObject: SessionObject {
        SessionObject(id: id, model: responderName, settings: settings, avatar: performer.avatarDescription)
    }
}
