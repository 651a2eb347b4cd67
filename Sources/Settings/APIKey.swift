/// The key to a service. It is never printed: descriptions, dumps and logs show that there is one, and no more.
public struct APIKey: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let key: String

    /// Wraps a key.
    public init(_ key: String) { self.key = key }

    /// The key itself, to be sent and not to be shown.
    public var secret: String { key }

    /// `(secret)`.
    public var description: String { "(secret)" }
    /// `(secret)`.
    public var debugDescription: String { description }
    /// Nothing to look into.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
