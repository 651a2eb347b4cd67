/// Something large that is loaded when it is first asked for, once for all who ask.
///
/// A load that fails is forgotten: those who waited are told why, and whoever asks next has it tried again. Nobody who
/// gives up waiting ends a load that others wait for.
public actor OnDemand<Value: Sendable> {
    private let load: @concurrent @Sendable () async throws -> Value
    private var loading: Task<Value, any Error>?
    /// The value, if it is loaded by now.
    public private(set) var loaded: Value?

    /// Says how it is loaded; nothing happens before ``value()``.
    public init(_ load: @escaping @concurrent @Sendable () async throws -> Value) {
        self.load = load
    }

    /// The value, once it is loaded.
    /// - Throws: what kept this load from succeeding.
    public func value() async throws -> Value {
        let load = load
        let attempt = loading ?? Task { try await load() }
        loading = attempt
        do {
            let value = try await attempt.value
            loaded = value
            return value
        } catch {
            // Another asker may have begun the next attempt already.
            if loading == attempt { loading = nil }
            throw error
        }
    }
}
