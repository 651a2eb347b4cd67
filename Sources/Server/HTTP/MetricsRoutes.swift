import HTTPTypes
import Hummingbird
import Telemetry

/// `/metrics`, for Prometheus and for the dashboard.
struct MetricsRoutes {
    let metrics: PrometheusMetrics

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.get("/metrics") { [metrics] _, _ in
            Response(
                status: .ok, headers: [.contentType: PrometheusMetrics.contentType, .cacheControl: "no-store"],
                body: .init(byteBuffer: ByteBuffer(string: metrics.scrape())))
        }
    }
}
