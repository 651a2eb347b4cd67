internal import Audio
internal import LipSync
internal import Responders

/// The response that is being given: its items, how far it has got, and the events by which the client follows it.
///
/// It has at most one message, of one content part, which opens with the first words or sound; each function call is
/// an item of its own. The order of events is OpenAI's: created, item and part added, deltas, everything done in the
/// opposite order.
struct ActiveResponse {
    /// The longest piece of sound in one delta: 100 ms.
    static let deltaLength = SpeechFormat.pieceLength

    let id: String
    /// The name of the message.
    let itemID: String
    let terms: ResponseTerms
    /// True if it is none of the responder's.
    let isSaid: Bool
    /// How far it has come since the user fell silent.
    var timeline: ResponseTimeline
    /// What is said.
    var speech: SpeechProgress
    /// The picture; nil if there is none.
    private(set) var film: Film?
    /// What the answer has cost, if the responder knows.
    var usage: TokenUsage?
    private var message: OutputMessage?
    /// The function calls that are open, in the order in which they began.
    private var calls: [OutputCall] = []
    /// The items that are final, by output index; nil for those that are open.
    private var output: [ItemObject?] = []

    /// A message that is open.
    private struct OutputMessage {
        let outputIndex: Int
        let previousItemID: String?
        let deltas: DeltaEncoder
        /// nil if sound travels as it is.
        let telephone: TelephoneEncoder?
        /// What was written.
        var text = ""
    }

    /// What happens when an item begins: it enters the conversation, and the client is told.
    struct Opening {
        var item: ConversationItem
        var events: [any ServerEvent]
    }

    /// What happens when items end: they are final, and the client is told.
    struct Closing {
        var items: [ConversationItem] = []
        var events: [any ServerEvent] = []
    }

    /// - Parameters:
    ///   - isSaid: true if it is none of the responder's.
    ///   - timeline: of what led to it, until it was asked for.
    ///   - playbackStart: when the client can hear it at the earliest.
    ///   - film: for a response with a picture.
    init(
        _ terms: ResponseTerms, isSaid: Bool = false, timeline: ResponseTimeline, playbackStart: Duration,
        film: Film? = nil
    ) {
        id = Identifier.response()
        itemID = Identifier.item()
        self.terms = terms
        self.isSaid = isSaid
        self.timeline = timeline
        speech = SpeechProgress(start: playbackStart)
        self.film = film
    }

    // MARK: The message

    /// The item before the message, once that has begun.
    var previousItemID: String? { message?.previousItemID }

    /// True if it has begun to say something that the conversation keeps.
    var speaksInConversation: Bool { message != nil && terms.output == .speech && !terms.isOutOfBand }

    /// Begins the message; nil if it has begun.
    mutating func openMessage(after previousID: String?) throws -> Opening? {
        guard message == nil else { return nil }
        let index = output.count
        output.append(nil)
        message = OutputMessage(
            outputIndex: index, previousItemID: previousID,
            deltas: DeltaEncoder(
                transport: terms.video ?? .base64, responseID: id, itemID: itemID, outputIndex: index),
            telephone: try terms.format.law.map { law in try TelephoneEncoder(law) })
        let item = ConversationItem(id: itemID, role: .assistant, status: .inProgress, content: [])
        let object = ItemObject(item)
        var events: [any ServerEvent] = [OutputItemAdded(responseID: id, outputIndex: index, item: object)]
        if !terms.isOutOfBand { events.append(ItemAdded(previousItemID: previousID, item: object)) }
        events.append(address(of: index).event(ContentPartAdded(part: part(words: ""))))
        return Opening(item: item, events: events)
    }

    /// Takes words of what is said.
    mutating func append(transcript words: String) -> some ServerEvent {
        speech.append(transcript: words)
        return address(of: message?.outputIndex ?? 0).event(TranscriptDelta(delta: words))
    }

    /// Takes words that are written.
    mutating func append(text words: String) -> some ServerEvent {
        message?.text += words
        return address(of: message?.outputIndex ?? 0).event(TextDelta(delta: words))
    }

    /// Takes sound; it is to be sent with ``sends(_:at:)``.
    mutating func append(speech samples: [Int16]) {
        speech.append(samples: samples.count)
        film?.append(samples)
    }

    /// Says that no more sound follows.
    /// - Returns: the message with what was held back, if there is some.
    mutating func finishSpeech() throws -> OutboundMessage? {
        speech.finish()
        film?.wake()
        guard let message, let rest = try message.telephone?.finish(), !rest.isEmpty else { return nil }
        return message.deltas.audio(encoded: rest, first: speech.sentSamples)
    }

    /// Takes note that the next samples are sent.
    /// - Returns: the number of the first, and the message that carries them.
    mutating func sends(
        _ samples: ArraySlice<Int16>, at now: Duration
    ) throws -> (first: Int, message: OutboundMessage)? {
        guard let message else { return nil }
        let encoded = try message.telephone?.encode(samples)
        let first = speech.sentSamples
        timeline.reached(.firstAudio, at: now)
        speech.sends(samples: samples.count, at: now)
        film?.wake()
        let delta =
            encoded.map { message.deltas.audio(encoded: $0, first: first) }
            ?? message.deltas.audio(samples, first: first)
        return (first, delta)
    }

    // MARK: The picture

    /// What whoever makes the frames has to do at `now`.
    mutating func nextFilmStep(at now: Duration) -> Film.Step? {
        film?.nextStep(at: now, of: speech)
    }

    /// Takes note that the next frame is sent.
    /// - Returns: what is known of it, and the message that carries it.
    mutating func sends(_ frame: VideoFrame, at now: Duration) -> (sent: Film.SentFrame, message: OutboundMessage)? {
        guard let message, let sent = film?.sendsFrame(at: now, of: speech) else { return nil }
        if sent.isFirst { timeline.reached(.firstFrameSent, at: now) }
        return (sent, message.deltas.video(frame))
    }

    // MARK: Function calls

    /// Begins a function call; nil if it has begun.
    mutating func openCall(_ callID: String, name: String, after previousID: String?) -> Opening? {
        guard !calls.contains(where: { $0.callID == callID }) else { return nil }
        let call = OutputCall(
            callID: callID, name: name, responseID: id, outputIndex: output.count, after: previousID,
            isInConversation: !terms.isOutOfBand)
        output.append(nil)
        calls.append(call)
        return call.opening
    }

    /// Takes more of the arguments of a call; nil if it has not begun.
    mutating func append(arguments delta: String, of callID: String) -> (some ServerEvent)? {
        calls.firstIndex { $0.callID == callID }.map { calls[$0].append(delta) }
    }

    /// Ends a function call that has begun.
    mutating func completeCall(_ call: FunctionCall) -> Closing {
        guard let index = calls.firstIndex(where: { $0.callID == call.callID }) else { return Closing() }
        var open = calls.remove(at: index)
        var closing = Closing()
        if let rest = open.complete(call.arguments) { closing.events.append(rest) }
        close(open, .completed, in: &closing)
        return closing
    }

    private mutating func close(_ call: OutputCall, _ status: ConversationItem.Status, in closing: inout Closing) {
        let (item, events) = call.closing(status)
        output[call.outputIndex] = ItemObject(item)
        closing.items.append(item)
        closing.events += events
    }

    // MARK: Beginning and end

    /// What opens the response.
    var created: ResponseCreated { ResponseCreated(response: object(status: .inProgress)) }

    /// What closes the response: calls that are open have broken off.
    /// - Parameter heard: how many samples the client heard or will hear.
    mutating func close(_ status: ResponseStatus, heard: Int) -> Closing {
        var closing = Closing()
        if let message { close(message, status, heard: heard, in: &closing) }
        for call in calls { close(call, .incomplete, in: &closing) }
        closing.events.append(ResponseDone(response: object(status: status)))
        return closing
    }

    private mutating func close(
        _ message: OutputMessage, _ status: ResponseStatus, heard: Int, in closing: inout Closing
    ) {
        let heardTranscript = transcript(heard: heard, after: status)
        let words = terms.output == .text ? message.text : heardTranscript.text
        let content: Message.Content =
            terms.output == .text ? .text(words) : .speech(.init(transcript: words))
        let item = ConversationItem(
            id: itemID, status: status == .completed ? .completed : .incomplete,
            body: .message(
                Message(
                    role: .assistant, content: [content],
                    spoken: terms.output == .text
                        ? nil : .init(transcript: heardTranscript, sentSamples: speech.sentSamples))))
        let itemObject = ItemObject(item)
        let address = address(of: message.outputIndex)
        output[message.outputIndex] = itemObject
        closing.items.append(item)

        if terms.output == .text {
            closing.events.append(address.event(TextDone(text: words)))
        } else {
            closing.events.append(address.event(OutputAudioDone()))
            closing.events.append(address.event(TranscriptDone(transcript: words)))
            if let film { closing.events.append(address.event(OutputVideoDone(frames: film.sentFrames))) }
        }
        closing.events.append(address.event(ContentPartDone(part: part(words: words))))
        if !terms.isOutOfBand {
            closing.events.append(ItemDone(previousItemID: message.previousItemID, item: itemObject))
        }
        closing.events.append(OutputItemDone(responseID: id, outputIndex: message.outputIndex, item: itemObject))
    }

    /// What is known of the response when it is over.
    /// - Parameter heard: how many samples the client heard or will hear.
    func finished(_ status: ResponseStatus, heard: Int) -> FinishedResponse {
        FinishedResponse(
            id: id, itemID: itemID, status: status.name,
            text: terms.output == .text ? message?.text ?? "" : transcript(heard: heard, after: status).text,
            heardMilliseconds: SpeechFormat.milliseconds(ofSample: heard),
            end: speech.pacer.instant(heard: speech.sentSamples))
    }

    private func transcript(heard: Int, after status: ResponseStatus) -> SpokenTranscript {
        var transcript = speech.transcript
        transcript.truncate(to: heard)
        // Words come before their speech. Where nobody interrupts, words without any were shown all the same.
        if case .cancelled = status { transcript.dropUnspoken() }
        return transcript
    }

    private func part(words: String) -> ContentPartObject {
        terms.output == .text ? .text(words) : .audio(transcript: words)
    }

    private func address(of outputIndex: Int) -> ContentAddress {
        ContentAddress(responseID: id, itemID: itemID, outputIndex: outputIndex)
    }

    private func object(status: ResponseStatus) -> ResponseObject {
        ResponseObject(id: id, terms: terms, status: status, output: output.compactMap(\.self), usage: usage)
    }
}
