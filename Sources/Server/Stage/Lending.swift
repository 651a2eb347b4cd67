import Synchronization

/// Lends one thing to all who use it, and lets it go when nobody has for a while; who comes then is lent a new one.
final class Lending<Item: Sendable>: Sendable {
    private struct State {
        var release: IdleRelease
        /// nil before the first use, and when it was let go.
        var item: Item?
    }

    private let state: Mutex<State>
    private let make: @Sendable () -> Item
    private let now: @Sendable () -> Duration

    /// - Parameters:
    ///   - patience: how long nobody uses it before it goes; nil if it stays.
    ///   - now: the time since any fixed moment.
    ///   - make: makes one, at once: what takes long should happen when it is used.
    init(
        releaseAfter patience: Duration?, now: @escaping @Sendable () -> Duration = Lending.uptime(),
        _ make: @escaping @Sendable () -> Item
    ) {
        state = Mutex(State(release: IdleRelease(patience: patience)))
        self.now = now
        self.make = make
    }

    /// Whether there is one.
    var isHeld: Bool { state.withLock { $0.item != nil } }

    /// The one that all others use too, until the loan is dropped.
    func lend() -> Loan<Item> {
        let item = state.withLock { state in
            state.release.begin()
            let item = state.item ?? make()
            state.item = item
            return item
        }
        return Loan(of: item, from: self)
    }

    /// Lets it go, if nobody has used it for long enough.
    /// - Returns: whether it went.
    func releaseIfUnused() -> Bool {
        // It is taken out under the lock, and destroyed after it.
        let released: Item? = state.withLock { state in
            guard state.release.letGo(at: now()) else { return nil }
            return state.item.take()
        }
        return released != nil
    }

    fileprivate func giveBack() { state.withLock { $0.release.end(at: now()) } }

    private static func uptime() -> @Sendable () -> Duration {
        let origin = ContinuousClock.now
        return { ContinuousClock.now - origin }
    }
}

/// The use of something that is lent, over when nobody holds this any more.
final class Loan<Item: Sendable>: Sendable {
    /// What is lent.
    let item: Item
    private let owner: Lending<Item>

    fileprivate init(of item: Item, from owner: Lending<Item>) {
        self.item = item
        self.owner = owner
    }

    deinit { owner.giveBack() }
}
