extension RealtimeSession {
    /// Tells a client that there is no session for it, because its avatar cannot be loaded: the event `error`.
    /// - Parameter reason: what was found and what to do, for people.
    public static func refuse(_ outbox: any Outbox, because reason: String) {
        let error = EventError(kind: .server, code: .avatarUnavailable, message: reason)
        _ = outbox.send(ErrorEvent(error, eventID: nil).message())
    }
}
