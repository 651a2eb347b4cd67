public import Batching

extension RealtimeSession {
    /// Tells a client that there is no session for it, because its avatar cannot be loaded: the event `error`.
    /// - Parameter reason: what was found and what to do, for people.
    public static func refuse(_ outbox: any Outbox, because reason: String) {
        refuse(outbox, EventError(kind: .server, code: .avatarUnavailable, message: reason))
    }

    /// Tells a client that there is no session for it, because its responder cannot be had: the event `error`.
    /// - Parameter reason: what was found and what to do, for people.
    public static func refuse(_ outbox: any Outbox, becauseOfResponder reason: String) {
        refuse(outbox, EventError(kind: .server, code: .responderUnavailable, message: reason))
    }

    /// Tells a client that there is no session for it, because the machine carries no more: the event `error`.
    public static func refuse(_ outbox: any Outbox, because error: BatchingError) {
        refuse(outbox, EventError(error))
    }

    private static func refuse(_ outbox: any Outbox, _ error: EventError) {
        _ = outbox.send(ErrorEvent(error, eventID: nil).message())
    }
}
