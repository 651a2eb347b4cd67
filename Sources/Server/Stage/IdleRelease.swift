/// Decides when what was loaded on demand is let go: once nobody has used it for as long as the settings say.
struct IdleRelease: Sendable, Equatable {
    /// How long nobody uses it before it goes; nil if it stays.
    let patience: Duration?
    /// Those who use it now.
    private(set) var users = 0
    /// When the last of them left; nil while somebody uses it, and while there is nothing to let go.
    private var unusedSince: Duration?

    /// - Parameter patience: how long nobody uses it before it goes; nil if it stays.
    init(patience: Duration?) { self.patience = patience }

    /// Somebody uses it from now on.
    mutating func begin() {
        users += 1
        unusedSince = nil
    }

    /// One of those who use it is done.
    mutating func end(at now: Duration) {
        users -= 1
        if users == 0 { unusedSince = now }
    }

    /// Decides whether it goes now.
    /// - Returns: true once; then there is nothing to let go before somebody has used it again.
    mutating func letGo(at now: Duration) -> Bool {
        guard let patience, let unusedSince, now - unusedSince >= patience else { return false }
        self.unusedSince = nil
        return true
    }
}
