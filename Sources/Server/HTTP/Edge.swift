import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// The listening socket with everything behind it: HTTP routes and the WebSocket's endpoint on one port.
struct Edge<Endpoint: WebSocketEndpoint>: Service {
    let host: String
    /// 0 lets the system choose one; `onListening` says which.
    let port: Int
    let limits: ConnectionLimits
    let endpoint: Endpoint
    let responder: RouterResponder<BasicRequestContext>
    let readiness: Readiness
    var traffic = Traffic()
    let logger: Logger
    /// Called with the port once connections are accepted.
    let onListening: @Sendable (Int) async -> Void

    /// Serves until the service group shuts down, and every connection has ended.
    /// - Throws: ``ListenError`` if the address cannot be had.
    func run() async throws {
        var httpLogger = logger
        httpLogger.logLevel = max(logger.logLevel, .notice)
        let application = Application(
            responder: responder,
            server: HTTPServerBuilder { [endpoint, limits, traffic, logger] responder in
                EdgeChannel(
                    responder: responder, endpoint: endpoint, limits: limits, traffic: traffic, logger: logger)
            },
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: "visavis"),
            onServerRunning: { channel in
                readiness.ready()
                await onListening(channel.localAddress?.port ?? port)
            },
            logger: httpLogger)
        do {
            try await withGracefulShutdownHandler {
                try await application.run()
            } onGracefulShutdown: {
                readiness.drain()
            }
        } catch let error as IOError {
            throw ListenError(error, host: host, port: port)
        } catch let error as SocketAddressError {
            throw ListenError(error, host: host, port: port)
        }
    }
}
