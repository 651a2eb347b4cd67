/// Decides when to ping a client, and when to take it for dead.
///
/// It is asked at regular intervals: a client that was silent for a whole interval after a ping is gone.
struct KeepAlive {
    /// What the shell has to do.
    enum Action: Equatable {
        /// Send a ping.
        case ping
        /// Close the connection: the client is gone.
        case giveUp
    }

    private var heard = true

    /// Something came from the client.
    mutating func received() {
        heard = true
    }

    /// Another interval has passed.
    mutating func intervalPassed() -> Action {
        guard heard else { return .giveUp }
        heard = false
        return .ping
    }
}
