import Metrics
import Telemetry

/// Counts what goes through WebSockets.
struct Traffic: Sendable {
    /// Payload bytes from clients.
    let received: Counter
    /// Payload bytes to clients.
    let sent: Counter

    /// - Parameter factory: where they are kept.
    init(factory: any MetricsFactory = MetricsSystem.factory) {
        received = Counter(.receivedBytes, factory: factory)
        sent = Counter(.sentBytes, factory: factory)
    }
}
