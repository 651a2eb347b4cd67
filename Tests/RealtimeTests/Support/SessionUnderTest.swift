import Batching
@testable import Realtime
import Responders

/// A session with everything around it scripted.
struct SessionUnderTest {
    let session: RealtimeSession
    let outbox: RecordingOutbox
    let clock: TestClock
    let performer: ScriptedPerformer

    init(
        leaps: Bool = true, pieces: [ResponsePiece] = ScriptedResponder.speech(seconds: 2),
        settings: SessionSettings = SessionSettings(voice: "slt"), failure: ResponderError? = nil,
        responder: (any Responder)? = nil, failingFrame: Int? = nil, places: [SpeakingPlaces] = [],
        onRespond: @escaping @Sendable (Conversation) -> Void = { _ in },
        outcome: @escaping @Sendable (Int, OutboundMessage) -> SendOutcome = { _, _ in .queued },
        onSend: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        clock = TestClock(leaps: leaps)
        outbox = RecordingOutbox(clock: clock, outcome: outcome, onSend: onSend)
        performer = ScriptedPerformer(failingFrame: failingFrame, places: places)
        session = RealtimeSession(
            performer: performer,
            responder: responder ?? ScriptedResponder(pieces: pieces, failure: failure, onRespond: onRespond),
            voices: ["slt", "rms"], settings: settings, outbox: outbox, clock: clock)
    }

    /// Sends the session a text message.
    func receive(_ json: String) async {
        await session.receive(text: Array(json.utf8))
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
