import HTTPTypes
import Hummingbird

/// Answers requests for `/v1/realtime` that were not upgraded: with the reason.
struct RealtimeRoutes {
    let endpoint: RealtimeEndpoint

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.get(RouterPath(RealtimeEndpoint.path)) { [endpoint] request, _ -> Response in
            try endpoint.check(request.uri)
            throw HTTPProblem(
                status: .upgradeRequired, code: "upgrade_required",
                message: "\(RealtimeEndpoint.path) is a WebSocket: connect with ws:// instead of http://.")
        }
    }
}
