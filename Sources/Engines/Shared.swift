/// Something large that is loaded when it is first asked for, once for all who ask, and gone when nobody holds it any
/// more. Who asks then has it loaded again.
///
/// A load that fails is forgotten, as ``OnDemand`` does.
actor Shared<Value: AnyObject & Sendable> {
    private let load: @concurrent @Sendable () async throws -> Value
    private var loading: OnDemand<Value>
    /// The value, while somebody holds it.
    private(set) weak var loaded: Value?

    /// Says how it is loaded; nothing happens before ``value()``.
    init(_ load: @escaping @concurrent @Sendable () async throws -> Value) {
        self.load = load
        loading = OnDemand(load)
    }

    /// The value, once it is loaded.
    /// - Throws: what kept this load from succeeding.
    func value() async throws -> Value {
        if let loaded { return loaded }
        let loading = loading
        let value = try await loading.value()
        loaded = value
        // What has loaded it would hold it for ever. Another asker may have replaced that already.
        if self.loading === loading { self.loading = OnDemand(load) }
        return value
    }
}
