/// Where an upstream is, and how to speak with it.
public struct UpstreamSettings: Sendable, Equatable {
    /// Which names events and settings of a session have.
    public enum Dialect: String, Sendable, CaseIterable {
        /// OpenAI's Realtime protocol since it is generally available.
        case ga
        /// The one before, which servers ask for with the header `OpenAI-Beta: realtime=v1`.
        case beta
    }

    /// The address of its WebSocket, `ws://` or `wss://`, with a query if it needs one.
    public var url = "wss://api.openai.com/v1/realtime"
    /// The model to ask for, as the parameter `model` of the query; empty to send none.
    public var model = "gpt-realtime"
    /// Sent as `Authorization: Bearer`; nil for upstreams that want none, or want it in `headers`.
    public var key: Secret?
    /// A file with the key, read anew for each connection; it wins over `key`.
    public var keyFile: String?
    /// Headers of the request that opens the WebSocket, e.g. `api-key` for Azure.
    public var headers: [String: Secret] = [:]
    /// Which names of events and settings it knows.
    public var dialect = Dialect.ga
    /// Its voices. A session with none of them gets the first; none at all leaves the choice to the upstream.
    public var voices = ["marin", "cedar", "alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse"]
    /// What writes down what users say; empty for nothing.
    public var transcriptionModel = "gpt-4o-mini-transcribe"
    /// How long it may take to connect, until the session is there.
    public var connectTimeout = Duration.seconds(10)
    /// How long an upstream may send nothing while it answers.
    public var stallTimeout = Duration.seconds(20)
    /// How long an answer waits for a connection that is away.
    public var patience = Duration.seconds(30)
    /// The longest pause between two attempts to connect.
    public var longestRetry = Duration.seconds(30)
    /// A file of certificates (PEM) to trust instead of the system's.
    public var trustedCertificates: String?

    /// OpenAI, without a key.
    public init() {}

    /// The upstream's voice for a session's.
    func voice(for name: String) -> String? {
        voices.contains(name) ? name : voices.first
    }
}

/// A text that is never printed: a key, or a header that may be one.
public struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let text: String

    /// Hides `text`.
    public init(_ text: String) { self.text = text }

    /// Nothing of the text.
    public var description: String { "(secret)" }
    /// Nothing of the text.
    public var debugDescription: String { description }
    /// Nothing of the text.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
