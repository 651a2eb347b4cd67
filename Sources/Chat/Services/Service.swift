import AsyncHTTPClient
import ServiceConnection
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Settings
import Synchronization

/// The connections to one service. They are kept, with their TLS, from answer to answer.
final class Service: Sendable {
    let settings: ServiceSettings
    /// What it is for, for people.
    private let purpose: String
    private let client: HTTPClient
    private let lastUse = Mutex<ContinuousClock.Instant?>(nil)

    /// How long may be waited in all for a service that failed: people do not wait longer.
    private static let retryBudget = Duration.seconds(4)

    /// How long servers keep connections that nobody uses; some do for 5 seconds only.
    private static let usualKeepAlive = Duration.seconds(5)

    /// - Parameter purpose: what it is for, for people.
    init(_ settings: ServiceSettings, purpose: String) {
        self.settings = settings
        self.purpose = purpose
        let patience = TimeAmount(settings.patience)
        var configuration = HTTPClient.Configuration(
            timeout: .init(connect: min(patience, .seconds(5)), read: patience))
        // As many as there are sessions; the default of 8 would let the ninth wait for the others.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1_024
        configuration.connectionPool.idleTimeout = .minutes(5)
        // It would try for as long as `connect` allows, each time that ``Retries`` asks: 16 s in silence.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.tlsConfiguration = ServiceConnection.tls(trusting: settings.certificates)
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    deinit { client.shutdown { _ in } }

    /// The bytes of a successful answer, as they come.
    struct Answer {
        let headers: HTTPHeaders
        let body: HTTPClientResponse.Body
    }

    /// Posts to a path below the base URL; asks again where that may help.
    /// - Throws: ``ServiceError``.
    func post(_ path: String, _ body: ByteBuffer, contentType: String) async throws -> Answer {
        var request = HTTPClientRequest(url: url(path))
        request.method = .POST
        request.body = .bytes(body)
        request.headers.replaceOrAdd(name: "Content-Type", value: contentType)
        return try await ask(request)
    }

    /// Asks for something below the base URL, once.
    /// - Throws: ``ServiceError``.
    func get(_ path: String) async throws -> Answer {
        try await ask(HTTPClientRequest(url: url(path)), retries: Retries(budget: .zero))
    }

    /// Opens a connection, unless the last one was used a moment ago: resolving the name, TCP and TLS take as long as
    /// somebody needs for the first word.
    func prepare() {
        let now = ContinuousClock.now
        let isOpen = lastUse.withLock { lastUse in
            defer { lastUse = now }
            return lastUse.map { now - $0 < Self.usualKeepAlive } ?? false
        }
        guard !isOpen else { return }
        // A connection goes back to the others only once its answer has been read.
        Task { _ = try? await get("/models").body.collect(upTo: 1 << 20) }
    }

    /// Whether it answers at all: not every server has the list of models, or shows it to everybody.
    func isThere() async -> Bool {
        do {
            _ = try await get("/models")
            return true
        } catch let error as ServiceError {
            if case .refused(..<500, _, _) = error.failure { return true }
        } catch {}  // Cancelled: nobody wants to know any more.
        return false
    }

    private func url(_ path: String) -> String {
        var base = settings.baseURL.absoluteString
        while base.hasSuffix("/") { base.removeLast() }
        return base + path
    }

    private func ask(
        _ request: HTTPClientRequest, retries: Retries = Retries(budget: retryBudget)
    ) async throws -> Answer {
        var request = request
        if let key = settings.key { request.headers.add(name: "Authorization", value: "Bearer \(key.secret)") }
        for (name, value) in settings.headers { request.headers.replaceOrAdd(name: name, value: value) }
        var retries = retries
        lastUse.withLock { $0 = .now }
        while true {
            do throws(ServiceError) {
                return try await attempt(request)
            } catch {
                try Task.checkCancellation()
                guard let pause = retries.pause(after: error.failure) else { throw error }
                try await Task.sleep(for: pause)
            }
        }
    }

    private func attempt(_ request: HTTPClientRequest) async throws(ServiceError) -> Answer {
        let response: HTTPClientResponse
        do {
            // The answer may last for minutes; the read timeout sees to it that something comes.
            response = try await client.execute(request, timeout: .hours(1))
        } catch {
            throw self.error(request.url, failure(error) { .unreachable(reason: $0) })
        }
        guard (200..<300).contains(response.status.code) else {
            let body = try? await response.body.collect(upTo: 64 << 10)
            throw self.error(
                request.url,
                .refused(
                    status: Int(response.status.code), message: Self.message(in: body ?? ByteBuffer()),
                    retryAfter: response.headers.first(name: "Retry-After").flatMap(Double.init).map { .seconds($0) }))
        }
        return Answer(headers: response.headers, body: response.body)
    }

    /// Hands over the bytes of an answer as they come.
    /// - Throws: ``ServiceError``; what else `take` throws makes the answer malformed.
    func read(_ answer: Answer, of path: String, _ take: (ByteBuffer) throws -> Void) async throws {
        var body = answer.body.makeAsyncIterator()
        while true {
            let buffer: ByteBuffer?
            do {
                buffer = try await body.next()
            } catch {
                try Task.checkCancellation()
                throw self.error(url(path), failure(error) { .lost(reason: $0) })
            }
            guard let buffer else { return }
            try interpret(path) { try take(buffer) }
        }
    }

    /// Hands over the data of the server-sent events of an answer as they come.
    /// - Throws: as ``read(_:of:_:)``.
    func readEvents(_ answer: Answer, of path: String, _ take: (String) throws -> Void) async throws {
        var parser = ServerSentEventParser()
        try await read(answer, of: path) { buffer in
            for event in try parser.take(buffer.readableBytesView) { try take(event.data) }
        }
        if let event = parser.finish() { try interpret(path) { try take(event.data) } }
    }

    /// Makes sense of a part of an answer.
    /// - Throws: ``ServiceError``; what else `body` throws makes the answer malformed.
    func interpret(_ path: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as ServiceError {
            throw error
        } catch {
            throw malformed(path, "\(error)")
        }
    }

    /// What to throw about an answer to a path.
    func malformed(_ path: String, _ reason: String) -> ServiceError {
        error(url(path), .malformed(reason: reason))
    }

    private func error(_ url: String, _ failure: ServiceError.Failure) -> ServiceError {
        ServiceError(service: purpose, url: url, failure: failure)
    }

    private func failure(
        _ error: any Error, orElse other: (String) -> ServiceError.Failure
    ) -> ServiceError.Failure {
        switch error {
        case let error as HTTPClientError where error == .readTimeout || error == .deadlineExceeded:
            return .stalled(settings.patience)
        case let error as NIOConnectionError:
            return other(
                error.connectionErrors.first.map { ServiceConnection.reason(of: $0.error) }
                    ?? "no address of \(error.host) answers")
        default:
            return other(ServiceConnection.reason(of: error))
        }
    }

    /// What the body of an error says, in any of the shapes that servers use, on one line.
    private static func message(in body: ByteBuffer) -> String {
        struct Body: Decodable {
            struct Problem: Decodable { let message: String? }
            let error: Problem?
            let detail: String?
            let message: String?
        }
        let text = String(buffer: body)
        let decoded = try? JSONDecoder().decode(Body.self, from: Data(text.utf8))
        let message = decoded?.error?.message ?? decoded?.detail ?? decoded?.message ?? text
        return String(message.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(300))
    }
}
