internal import Responders

/// One session's conversation with an upstream: what to send, what to tell the session, and when to connect again.
///
/// A value: it is told what the session, the upstream and the connection do, and answers with what is to be done. It
/// keeps the items of the conversation, so that an upstream that comes back can be told of them.
struct UpstreamConversation {
    /// What happens.
    enum Input {
        case changed(ConversationChange)
        case asked(ResponseRequest)
        /// The session does not want this answer any more.
        case cancelled(responseID: String)
        case received(UpstreamEvent)
        /// The connection failed, or could not be made.
        case failed(UpstreamFailure)
        /// ``deadline`` has passed.
        case deadlinePassed
    }

    /// What is to be done.
    enum Action: Equatable {
        case connect
        /// Close the connection; nothing of it is told any more.
        case disconnect
        case send(UpstreamCommand)
        case yield(ResponsePiece, responseID: String)
        case finish(responseID: String, UpstreamError?)
        case notify(ResponderNotice)
        /// Something is wrong that no answer fails of.
        case warn(String)
    }

    /// The turn that the upstream hears while it is spoken.
    struct HeardTurn: Equatable {
        let id: String
        var samples = 0
    }

    let settings: UpstreamSettings
    /// The upstream's name in messages.
    let host: String
    var link: UpstreamLink
    var items = UpstreamItems()
    /// What holds for all answers.
    var configuration = Conversation(entries: [], voice: "")
    var heardTurn: HeardTurn?
    /// Oldest first; the upstream is busy with the first one at most.
    var answers: [UpstreamAnswer] = []
    /// When the upstream last sent anything.
    var lastReceived: Duration
    /// True if the session has been told that the upstream is away.
    private var isKnownToBeAway = false
    private var sentEvents = 0
    /// What is to be done, until it is handed over.
    private var actions: [Action] = []

    /// A conversation whose connection is being opened.
    init(
        _ settings: UpstreamSettings, host: String, at now: Duration,
        jitter: @escaping @Sendable () -> Double = { .random(in: 0.5...1) }
    ) {
        self.settings = settings
        self.host = host
        link = UpstreamLink(settings, at: now, jitter: jitter)
        lastReceived = now
    }

    /// Takes what happens.
    /// - Parameter now: time since any instant, the same for all calls.
    /// - Returns: what is to be done, in this order.
    mutating func take(_ input: Input, at now: Duration) -> [Action] {
        switch input {
        case .changed(let change): follow(change)
        case .asked(let request): ask(request, at: now)
        case .cancelled(let id): cancel(id)
        case .received(let event): receive(event, at: now)
        case .failed(let failure): lose(failure, at: now)
        case .deadlinePassed: catchUp(at: now)
        }
        askNext(at: now)
        defer { actions = [] }
        return actions
    }

    /// When to come back with ``Input/deadlinePassed`` if nothing happens before.
    var deadline: Duration? {
        let stalled = isBusy ? lastReceived + settings.stallTimeout : nil
        let impatient = link.isReady ? nil : answers.map { $0.askedAt + settings.patience }.min()
        return [link.deadline, stalled, impatient].compactMap(\.self).min()
    }

    /// True if the upstream owes events.
    var isBusy: Bool { link.isReady && answers.first.map { $0.progress != .waiting } ?? false }

    // MARK: The connection

    private mutating func receive(_ event: UpstreamEvent, at now: Duration) {
        lastReceived = now
        switch event {
        case .sessionCreated where !link.isReady: open(at: now)
        case .error(let error, _) where !link.isReady: link.complained(error)
        case _ where !link.isReady: break  // Nothing was asked yet.
        case .error(let error, let eventID): complain(error, eventID: eventID)
        case .committed(let itemID):
            if let unwanted = items.named(itemID) { send(.deleteItem(id: unwanted)) }
        case .transcriptionDelta, .transcribed, .transcriptionFailed: transcribe(event)
        case .rateLimits(let limits): notify(.rateLimits(limits))
        case .responseCreated, .outputItemAdded, .outputItemDone, .audio, .transcript, .text,
            .functionCallArguments, .responseDone:
            receiveAnswer(event)
        case .sessionCreated, .other: break
        }
    }

    private mutating func open(at now: Duration) {
        link.opened(at: now)
        send(.configure(configuration))
        replay()
        if isKnownToBeAway { notify(.reachable) }
        isKnownToBeAway = false
    }

    private mutating func lose(_ failure: UpstreamFailure, at now: Duration) {
        let (failure, retry) = link.failed(failure, at: now)
        isKnownToBeAway = true
        items.lose()
        heardTurn = nil
        notify(.unreachable(reason: "The upstream \(host) \(failure)".sentence, retry: retry))
        endAnswers(after: failure)
    }

    private mutating func catchUp(at now: Duration) {
        if isBusy, now >= lastReceived + settings.stallTimeout {
            act(.disconnect)
            lose(.stalled(settings.stallTimeout), at: now)
        }
        if let deadline = link.deadline, now >= deadline {
            if case .connecting = link.state {
                act(.disconnect)
                lose(.connectTimeout(settings.connectTimeout), at: now)
            } else {
                link.retry(at: now)
                act(.connect)
            }
        }
        endImpatientAnswers(at: now)
    }

    // MARK: -

    mutating func act(_ action: Action) { actions.append(action) }

    mutating func send(_ command: UpstreamCommand) { act(.send(command)) }

    mutating func notify(_ notice: ResponderNotice) { act(.notify(notice)) }

    /// A name for an event, by which the upstream's errors refer to it.
    mutating func nextEventID() -> String {
        sentEvents += 1
        return "visavis_event_\(sentEvents)"
    }
}
