internal import ServiceConnection
public import Foundation
public import JSON
public import Settings

/// One OpenAI-compatible service: where it is, which of its models to ask, and how to get in.
public struct ServiceSettings: Sendable, Equatable {
    /// What the paths of the interface are appended to, e.g. `https://api.openai.com/v1`.
    public var baseURL: URL
    /// The service's name of the model.
    public var model: String
    /// Sent as `Authorization: Bearer …`; nil where no key is wanted.
    public var key: APIKey?
    /// Headers beside it.
    public var headers: [String: String] = [:]
    /// Fields of requests that Visavis knows nothing about.
    public var extra: [String: JSONValue] = [:]
    /// How long the service may be silent, before its answer begins or while it lasts.
    public var patience = Duration.seconds(20)
    /// A file of certificates (PEM) to trust instead of the system's.
    public var certificates: URL?

    /// A service that wants no key.
    public init(baseURL: URL, model: String) {
        self.baseURL = baseURL
        self.model = model
    }

    /// Reads what all services have in common.
    /// - Throws: ``SettingsError``.
    init(_ section: inout SettingsSection) throws(SettingsError) {
        guard let baseURL = try section.url("base_url", schemes: ["http", "https"]) else {
            throw section.missing("base_url", expected: "the address of the service, up to and with /v1")
        }
        guard let model = try section.text("model") else {
            throw section.missing("model", expected: "the service's name of the model to ask")
        }
        self.init(baseURL: baseURL, model: model)
        key = try section.apiKey()
        headers = try section.textsByName("headers")
        extra = try section.fields("extra")
        patience = try section.seconds("patience_seconds", in: 0.1...600) ?? patience
        certificates = try section.file("certificates")
        if let certificates, !ServiceConnection.areCertificates(in: certificates) {
            throw section.unexpected("certificates", expected: "the path of a file of certificates (PEM)")
        }
    }
}
