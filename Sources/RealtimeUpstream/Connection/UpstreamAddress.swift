internal import ServiceConnection
internal import Foundation
internal import NIOHTTP1
internal import NIOSSL
internal import Settings

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
        if let model = settings.model {
            url.queryItems = (url.queryItems ?? []) + [URLQueryItem(name: "model", value: model)]
        }
        self.host = host.trimmingCharacters(in: ["[", "]"])
        isSecure = scheme == "wss"
        port = url.port ?? (isSecure ? 443 : 80)
        target =
            (url.percentEncodedPath.isEmpty ? "/" : url.percentEncodedPath)
            + (url.percentEncodedQuery.map { "?" + $0 } ?? "")
    }

    /// The headers of the request for the WebSocket.
    func headers(_ settings: UpstreamSettings) -> HTTPHeaders {
        let isUsualPort = port == (isSecure ? 443 : 80)
        let name = host.contains(":") ? "[\(host)]" : host
        var headers: HTTPHeaders = ["Host": isUsualPort ? name : "\(name):\(port)"]
        if let key = settings.key?.secret {
            headers.add(
                name: settings.keyHeader ?? "Authorization",
                value: settings.keyHeader == nil ? "Bearer \(key)" : key)
        }
        if settings.dialect == .beta { headers.add(name: "OpenAI-Beta", value: "realtime=v1") }
        for (name, value) in settings.headers.sorted(by: { $0.key < $1.key }) {
            headers.replaceOrAdd(name: name, value: value)
        }
        return headers
    }
}

extension UpstreamSettings {
    /// What TLS trusts.
    /// - Throws: ``UpstreamFailure/unreadable(file:)``.
    func tls() throws(UpstreamFailure) -> NIOSSLContext {
        do {
            return try NIOSSLContext(configuration: ServiceConnection.tls(trusting: certificates))
        } catch {
            throw .unreadable(file: certificates?.path ?? "of the system's certificates")
        }
    }
}
