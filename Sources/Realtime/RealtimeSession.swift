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
    let responder: any Responder
    let outbox: any Outbox
    let clock: any SessionClock
    let logger: Logger
    /// The names that `session.update` accepts as a voice.
    let voices: Set<String>
    var settings: SessionSettings

    /// Puts a session together; nothing is sent before ``start()``.
    /// - Parameters:
    ///   - performer: the avatar, chosen when the client connected.
    ///   - responder: what answers turns.
    ///   - voices: the names that a client may choose as its voice.
    ///   - settings: what the session starts from; `settings.voice` is one of `voices`.
    ///   - outbox: where messages for the client go.
    ///   - clock: the time that pacing goes by.
    public init(
        id: String = Identifier.session(), performer: any Performing, responder: any Responder, voices: Set<String>,
        settings: SessionSettings, outbox: any Outbox, clock: any SessionClock = MonotonicClock(),
        logger: Logger = Logger(label: "visavis.session")
    ) {
        self.id = id
        self.performer = performer
        self.responder = responder
        self.voices = voices
        self.settings = settings
        self.outbox = outbox
        self.clock = clock
        var logger = logger
        logger[metadataKey: "session"] = "\(id)"
        self.logger = logger
    }

    /// Sends `session.created`. Called once, before anything is received.
    public func start() {
        send(SessionCreated(session: sessionObject))
    }

    /// Takes a text message: one client event as UTF-8 JSON.
    public func receive(text: [UInt8]) async {
    }

    /// Takes a binary message: sound for the input buffer, see ``BinaryMessage``.
    public func receive(binary: [UInt8]) async {
    }

    /// Accepts no new response, and returns when the current utterance has been sent and played.
    public func drain() async {
    }

    /// Stops everything at once: the connection is gone, or the server is. Afterwards nothing is sent.
    public func close() {
    }

    private var sessionObject: SessionObject {
        SessionObject(id: id, model: responder.name, settings: settings, avatar: performer.avatar)
    }

    private func send(_ event: some ServerEvent) {
        _ = outbox.send(event.message())
    }
}
