import Logging
import ServiceLifecycle

/// Runs a service that listens while `body` runs, then shuts it down gracefully, and waits until it has ended.
/// - Parameters:
///   - make: makes the service, which says its port once it listens.
///   - body: the test.
func serve<Served: Service, Result: Sendable>(
    logger: Logger, _ make: (_ onListening: @escaping @Sendable (_ port: Int) -> Void) throws -> Served,
    during body: (_ service: Served, _ port: Int, _ services: ServiceGroup) async throws -> Result
) async throws -> Result {
    let (ports, portFound) = AsyncStream.makeStream(of: Int.self)
    let service = try make { portFound.yield($0) }
    let services = ServiceGroup(services: [service], logger: logger)
    async let served: Void = services.run()
    var found = ports.makeAsyncIterator()
    let port = await found.next() ?? 0
    do {
        let result = try await body(service, port, services)
        await services.triggerGracefulShutdown()
        try await served
        return result
    } catch {
        await services.triggerGracefulShutdown()
        try await served
        throw error
    }
}
