import Batching
@testable import Realtime
import Responders
import Telemetry

/// A session with everything around it scripted.
struct SessionUnderTest {
    let session: RealtimeSession
    let outbox: RecordingOutbox
    let clock: TestClock
    let performer: ScriptedPerformer
    let metrics = PrometheusMetrics()

    init(
        leaps: Bool = true, clock: TestClock? = nil, pieces: [ResponsePiece] = ScriptedResponder.speech(seconds: 2),
        settings: SessionSettings = SessionSettings(voice: "slt", video: .base64), failure: ResponderError? = nil,
        responder: (any Responder)? = nil, failingFrame: Int? = nil, places: [SpeakingPlaces] = [],
        clientOutbox: (any Outbox)? = nil, witnesses: [any SessionWitness] = [],
        onRespond: @escaping @Sendable (Conversation) -> Void = { _ in },
        outcome: @escaping @Sendable (Int, OutboundMessage) -> SendOutcome = { _, _ in .queued },
        onSend: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        let clock = clock ?? TestClock(leaps: leaps)
        self.clock = clock
        outbox = RecordingOutbox(clock: clock, outcome: outcome, onSend: onSend)
        performer = ScriptedPerformer(failingFrame: failingFrame, places: places, metrics: metrics)
        session = RealtimeSession(
            performer: performer,
            responder: responder ?? ScriptedResponder(pieces: pieces, failure: failure, onRespond: onRespond),
            voices: ["slt", "rms"], settings: settings, outbox: clientOutbox ?? outbox, clock: clock,
            metrics: SessionMetrics(factory: metrics), witnesses: witnesses)
    }

    /// Sends the session a text message.
    func receive(_ json: String) async {
        await session.receive(text: Array(json.utf8))
    }

    /// The value of a series in a scrape, by its name and labels.
    func metric(_ series: String) -> String {
        let line = metrics.scrape().split(separator: "\n").first { $0.hasPrefix("\(series) ") }
        return line.map { String($0.dropFirst(series.count + 1)) } ?? "not there"
    }

    /// Types a message and asks for an answer.
    func ask() async {
        await receive(
            #"{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]}}"#
        )
        await receive(#"{"type":"response.create"}"#)
    }

    /// What the session answers to one message.
    func answer(to json: String) async -> [Received] {
        let before = outbox.messages.count
        await receive(json)
        return Array(outbox.messages[before...])
    }
}
