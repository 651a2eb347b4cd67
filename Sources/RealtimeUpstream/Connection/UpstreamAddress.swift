internal import Foundation
internal import NIOHTTP1
internal import NIOSSL

/// Where an upstream's WebSocket is, and what the request for it says.
struct UpstreamAddress: Sendable, Equatable {
    var host: String
    var port: Int
    var isSecure: Bool
    /// Path and query.
    var target: String

    /// - Throws: ``UpstreamFailure/invalidURL``.
    init(_ settings: UpstreamSettings) throws(UpstreamFailure) {
        guard var url = URLComponents(string: settings.url), let host = url.host, !host.isEmpty,
            let scheme = url.scheme?.lowercased(), ["ws", "wss"].contains(scheme)
        else { throw .invalidURL }
        if !settings.model.isEmpty {
            url.queryItems = (url.queryItems ?? []) + [URLQueryItem(name: "model", value: settings.model)]
        }
        self.host = host.trimmingCharacters(in: ["[", "]"])
        isSecure = scheme == "wss"
        port = url.port ?? (isSecure ? 443 : 80)
        target =
            (url.percentEncodedPath.isEmpty ? "/" : url.percentEncodedPath)
            + (url.percentEncodedQuery.map { "?" + $0 } ?? "")
    }

    /// The request's headers; the file with the key is read now.
    /// - Throws: ``UpstreamFailure/unreadable(file:)``.
    func headers(_ settings: UpstreamSettings) throws(UpstreamFailure) -> HTTPHeaders {
        let isUsualPort = port == (isSecure ? 443 : 80)
        let name = host.contains(":") ? "[\(host)]" : host
        var headers: HTTPHeaders = ["Host": isUsualPort ? name : "\(name):\(port)"]
        if let key = try key(settings) { headers.add(name: "Authorization", value: "Bearer \(key)") }
        if settings.dialect == .beta { headers.add(name: "OpenAI-Beta", value: "realtime=v1") }
        for (name, value) in settings.headers.sorted(by: { $0.key < $1.key }) {
            headers.replaceOrAdd(name: name, value: value.text)
        }
        return headers
    }

    private func key(_ settings: UpstreamSettings) throws(UpstreamFailure) -> String? {
        guard let file = settings.keyFile else { return settings.key?.text }
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { throw .unreadable(file: file) }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

extension UpstreamSettings {
    /// What TLS trusts.
    /// - Throws: ``UpstreamFailure/unreadable(file:)``.
    func tls() throws(UpstreamFailure) -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        if let trustedCertificates { configuration.trustRoots = .file(trustedCertificates) }
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw .unreadable(file: trustedCertificates ?? "of the system's certificates")
        }
    }
}
