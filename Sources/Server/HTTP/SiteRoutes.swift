import Hummingbird

/// The page and its files, at every path that nothing else claims.
struct SiteRoutes {
    let site: Site

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.get("/") { [site] request, _ in try site.response(to: request) }
        // Below a path that is claimed the router looks no further.
        router.get("/v1/openapi.yaml") { [site] request, _ in try site.response(to: request) }
        router.get("/**") { [site] request, _ in try site.response(to: request) }
    }
}
