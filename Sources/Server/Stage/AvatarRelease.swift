import Logging
import Metrics
import Realtime
import Telemetry

/// Lets avatars go that nobody has used for a while, with what only they need: their models, and its memory on devices.
struct AvatarRelease: Sendable {
    private let stage: Stage
    private let logger: Logger

    /// - Parameter metrics: shows how many avatars are in memory.
    init(_ stage: Stage, metrics: PrometheusMetrics, logger: Logger) {
        self.stage = stage
        self.logger = logger
        let loaded = Meter(.avatarsLoaded, factory: metrics)
        metrics.beforeScrape { loaded.set(stage.presences.count { $0.parts.isHeld }) }
    }

    /// Looks once a second, until the task is cancelled.
    func run() async {
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            for presence in stage.presences where presence.parts.releaseIfUnused() {
                logger.info("An avatar is let go that nobody used.", metadata: ["id": "\(presence.description.id)"])
            }
        }
    }
}
