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
    /// The items that are final, by output index; nil for the message while it is open.
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

    /// Takes a function call, which is final at once.
    mutating func add(_ call: FunctionCall, after previousID: String?) -> Opening {
        let index = output.count
        let itemID = call.id.isEmpty ? Identifier.item() : call.id
        func item(_ status: ConversationItem.Status, arguments: String) -> ConversationItem {
            ConversationItem(
                id: itemID, status: status,
                body: .functionCall(callID: call.callID, name: call.name, arguments: arguments))
        }
        let begun = ItemObject(item(.inProgress, arguments: ""))
        let final = item(.completed, arguments: call.arguments)
        let finalObject = ItemObject(final)
        output.append(finalObject)
        let address = CallAddress(responseID: id, itemID: itemID, outputIndex: index, callID: call.callID)
        var events: [any ServerEvent] = [OutputItemAdded(responseID: id, outputIndex: index, item: begun)]
        if !terms.isOutOfBand { events.append(ItemAdded(previousItemID: previousID, item: begun)) }
        events.append(address.event(FunctionCallArgumentsDelta(delta: call.arguments)))
        events.append(address.event(FunctionCallArgumentsDone(name: call.name, arguments: call.arguments)))
        if !terms.isOutOfBand { events.append(ItemDone(previousItemID: previousID, item: finalObject)) }
        events.append(OutputItemDone(responseID: id, outputIndex: index, item: finalObject))
        return Opening(item: final, events: events)
    }

    // MARK: Beginning and end

    /// What opens the response.
    var created: ResponseCreated { ResponseCreated(response: object(status: .inProgress)) }

    /// What closes the response.
    /// - Parameter heard: how many samples the client heard or will hear.
    /// - Returns: the events, and the message as it stays in the conversation, if there is one, with the item before it.
    mutating func close(
        _ status: ResponseStatus, heard: Int
    ) -> (events: [any ServerEvent], item: ConversationItem?, previousItemID: String?) {
        guard let message else { return ([ResponseDone(response: object(status: status))], nil, nil) }
        let heardTranscript = transcript(heard: heard)
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

        var events: [any ServerEvent] = []
        if terms.output == .text {
            events.append(address.event(TextDone(text: words)))
        } else {
            events.append(address.event(OutputAudioDone()))
            events.append(address.event(TranscriptDone(transcript: words)))
            if let film { events.append(address.event(OutputVideoDone(frames: film.sentFrames))) }
        }
        events.append(address.event(ContentPartDone(part: part(words: words))))
        if !terms.isOutOfBand { events.append(ItemDone(previousItemID: message.previousItemID, item: itemObject)) }
        events.append(OutputItemDone(responseID: id, outputIndex: message.outputIndex, item: itemObject))
        events.append(ResponseDone(response: object(status: status)))
        return (events, item, message.previousItemID)
    }

    /// What is known of the response when it is over.
    /// - Parameter heard: how many samples the client heard or will hear.
    func finished(_ status: ResponseStatus, heard: Int) -> FinishedResponse {
        FinishedResponse(
            id: id, itemID: itemID, status: status.name,
            text: terms.output == .text ? message?.text ?? "" : transcript(heard: heard).text,
            heardMilliseconds: SpeechFormat.milliseconds(ofSample: heard),
            end: speech.pacer.instant(heard: speech.sentSamples))
    }

    private func transcript(heard: Int) -> SpokenTranscript {
        var transcript = speech.transcript
        transcript.truncate(to: heard)
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
