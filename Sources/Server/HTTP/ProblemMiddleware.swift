import HTTPTypes
import Hummingbird

/// Gives every error that is answered the same shape, those of the router too: see ``HTTPProblem``.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    @concurrent
    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            throw HTTPProblem.notFound("There is nothing to \(request.method.rawValue) at \(request.uri.path).")
        } catch let error as HTTPError {
            throw HTTPProblem(
                status: error.status, code: "invalid_request", message: error.body ?? error.status.reasonPhrase)
        }
    }
}
