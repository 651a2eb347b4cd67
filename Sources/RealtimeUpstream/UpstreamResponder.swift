public import Logging
public import Responders

/// Lets another server that speaks the Realtime protocol answer: OpenAI, Azure, or any compatible one.
///
/// Each session has a connection of its own, which is opened when it joins, and again whenever it is lost.
public struct UpstreamResponder: Responder {
    /// `openai-realtime`.
    public let name = "openai-realtime"
    /// True.
    public let isUpstream = true

    private let settings: UpstreamSettings
    private let logger: Logger

    /// - Throws: ``UpstreamSettingsError`` if the settings name no WebSocket, or files that cannot be read.
    public init(_ settings: UpstreamSettings, logger: Logger = Logger(label: "visavis.upstream")) throws {
        do throws(UpstreamFailure) {
            let address = try UpstreamAddress(settings)
            if address.isSecure { _ = try settings.tls() }
        } catch {
            throw UpstreamSettingsError(reason: "\(error)")
        }
        self.settings = settings
        self.logger = logger
    }

    /// Opens a connection, without waiting for it.
    public func join() -> any ResponderSession { UpstreamSession(settings, logger: logger) }
}

/// Settings with which no upstream can be reached.
public struct UpstreamSettingsError: Error, Equatable, CustomStringConvertible {
    var reason: String

    /// What was found, and what was expected.
    public var description: String { "the upstream of responder \"openai-realtime\" \(reason)" }
}
