import HTTPTypes
import Hummingbird

/// Lets only those to the sessions who know the key, where there is one.
struct KeyCheck<Context: RequestContext>: RouterMiddleware {
    let key: String?

    @concurrent
    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        if let key, !Self.isEqual(request.headers[.authorization] ?? "", "Bearer \(key)") {
            throw HTTPProblem(
                status: .unauthorized, code: "unauthorized",
                message: "`Authorization: Bearer KEY` is missing or has another key than `api_key` of the server.")
        }
        return try await next(request, context)
    }

    /// In a time that does not tell how much of it is right.
    private static func isEqual(_ first: String, _ second: String) -> Bool {
        guard first.utf8.count == second.utf8.count else { return false }
        return zip(first.utf8, second.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
