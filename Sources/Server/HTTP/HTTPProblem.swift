import HTTPTypes
import Hummingbird

/// An error that is answered in HTTP, as JSON of the same shape as the protocol's `error` event.
struct HTTPProblem: HTTPResponseError, Equatable {
    /// The HTTP status.
    var status: HTTPResponse.Status
    /// What went wrong, for programs.
    var code: String
    /// What was found, what was expected, and what to do.
    var message: String
    /// The query parameter or path component that it is about.
    var parameter: String?

    /// No such page, avatar, …
    static func notFound(_ message: String, parameter: String? = nil) -> HTTPProblem {
        HTTPProblem(status: .notFound, code: "not_found", message: message, parameter: parameter)
    }

    /// Something in the request is not what is expected.
    static func invalid(_ message: String, parameter: String? = nil) -> HTTPProblem {
        HTTPProblem(status: .badRequest, code: "invalid_value", message: message, parameter: parameter)
    }

    /// The server cannot take a session now.
    static func unavailable(_ message: String) -> HTTPProblem {
        HTTPProblem(status: .serviceUnavailable, code: "unavailable", message: message)
    }

    private struct Body: Encodable {
        struct Problem: Encodable {
            let type: String
            let code: String
            let message: String
            let param: String?
        }
        let error: Problem
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        let type = status.kind == .serverError ? "server_error" : "invalid_request_error"
        let body = Body(error: .init(type: type, code: code, message: message, param: parameter))
        var response = try Response.json(body)
        response.status = status
        if status == .upgradeRequired {
            response.headers[.upgrade] = "websocket"
            response.headers[.secWebSocketVersion] = "13"
        }
        return response
    }
}
