import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

@testable import Server

/// A server on a port of its own while a test runs.
struct TestEdge {
    let port: Int
    let readiness: Readiness
    let services: ServiceGroup

    /// Serves `endpoint` while `body` runs, then shuts down gracefully, and waits until every connection has ended.
    static func run<Result: Sendable>(
        _ endpoint: TestEndpoint = .echo, site: Site? = nil, limits: ConnectionLimits = ConnectionLimits(),
        _ body: @Sendable (TestEdge) async throws -> Result
    ) async throws -> Result {
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        let readiness = Readiness()
        HealthRoutes(readiness: readiness).add(to: router)
        if let site { SiteRoutes(site: site).add(to: router) }
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return try await serve(logger: logger) { onListening in
            Edge(
                host: "127.0.0.1", port: 0, limits: limits, endpoint: endpoint, responder: router.buildResponder(),
                readiness: readiness, logger: logger, onListening: onListening)
        } during: { _, port, services in
            try await body(TestEdge(port: port, readiness: readiness, services: services))
        }
    }
}
