public import Foundation
public import Settings

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
    /// The model to ask for, as the parameter `model` of the query; nil to send none.
    public var model: String?
    /// The key; nil for upstreams that want none.
    public var key: APIKey?
    /// The header that holds the key; nil for `Authorization: Bearer …`. Azure has `api-key`.
    public var keyHeader: String?
    /// Headers beside it.
    public var headers: [String: String] = [:]
    /// Which names of events and settings it knows.
    public var dialect = Dialect.ga
    /// Its voices. A session with none of them gets the first; none at all leaves the choice to the upstream.
    public var voices: [String] = []
    /// What writes down what users say; nil for nothing.
    public var transcriptionModel: String? = "gpt-4o-mini-transcribe"
    /// How long it may take to connect, until the session is there.
    public var connectTimeout = Duration.seconds(10)
    /// How long an upstream may send nothing while it answers.
    public var stallTimeout = Duration.seconds(20)
    /// How long an answer waits for a connection that is away.
    public var patience = Duration.seconds(30)
    /// The longest pause between two attempts to connect.
    public var longestRetry = Duration.seconds(30)
    /// A file of certificates (PEM) to trust instead of the system's.
    public var certificates: URL?

    /// OpenAI, without a key.
    public init() {}

    /// Reads the section `openai-realtime`.
    /// - Throws: ``SettingsError``.
    public init(_ section: inout SettingsSection) throws(SettingsError) {
        url = try section.url("url", schemes: ["ws", "wss"])?.absoluteString ?? url
        model = try section.text("model")
        key = try section.apiKey()
        keyHeader = try section.text("key_header")
        headers = try section.textsByName("headers")
        dialect = try section.choice("protocol") ?? dialect
        guard let voices = try section.texts("voices") else {
            throw section.missing("voices", expected: "the upstream's names of its voices, the first for everybody")
        }
        self.voices = voices
        transcriptionModel = try section.text("transcription_model") ?? transcriptionModel
        if transcriptionModel == "none" { transcriptionModel = nil }
        connectTimeout = try section.seconds("connect_seconds", in: 0.1...600) ?? connectTimeout
        stallTimeout = try section.seconds("stall_seconds", in: 0.1...600) ?? stallTimeout
        patience = try section.seconds("patience_seconds", in: 0.1...600) ?? patience
        longestRetry = try section.seconds("longest_retry_seconds", in: 0.5...3_600) ?? longestRetry
        certificates = try section.file("certificates")
    }

    /// The upstream's host; empty if the address has none.
    public var host: String { URL(string: url)?.host ?? "" }

    /// The upstream's voice for a session's.
    func voice(for name: String) -> String? {
        voices.contains(name) ? name : voices.first
    }
}
