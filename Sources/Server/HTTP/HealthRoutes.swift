import HTTPTypes
import Hummingbird

/// `/healthz` and `/readyz`, for whoever supervises the process.
struct HealthRoutes {
    let readiness: Readiness

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.get("/healthz") { _, _ in
            Response(status: .ok, headers: Self.headers, body: .init(byteBuffer: ByteBuffer(string: "ok\n")))
        }
        router.get("/readyz") { [readiness] _, _ in
            let (status, text): (HTTPResponse.Status, String) =
                switch readiness.phase {
                case .starting: (.serviceUnavailable, "starting\n")
                case .ready: (.ok, "ok\n")
                case .draining: (.serviceUnavailable, "draining\n")
                }
            return Response(status: status, headers: Self.headers, body: .init(byteBuffer: ByteBuffer(string: text)))
        }
    }

    private static let headers: HTTPFields = [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"]
}
