import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Request {
    /// The largest body of JSON, in bytes: a long text to be read.
    static let largestJSON = 1 << 20

    /// The body as JSON.
    /// - Parameter limit: of its size, in bytes.
    /// - Throws: ``HTTPProblem`` that says what is wrong with it.
    func json<Body: Decodable>(_ type: Body.Type, upTo limit: Int = largestJSON) async throws -> Body {
        // It also keeps other sites' pages from asking: a browser asks first whether they may send this type.
        guard headers[.contentType]?.lowercased().hasPrefix("application/json") == true else {
            throw HTTPProblem(
                status: .unsupportedMediaType, code: "unsupported_media_type",
                message: "The body is to be JSON, and `Content-Type` application/json.")
        }
        let bytes = try await body(upTo: limit)
        do {
            return try JSONDecoder().decode(type, from: Data(bytes.readableBytesView))
        } catch let error as DecodingError {
            throw HTTPProblem.invalid("The body is not what is expected: \(error.reason).")
        }
    }

    /// The whole body.
    /// - Throws: ``HTTPProblem`` if it is larger than `limit`, in bytes.
    func body(upTo limit: Int) async throws -> ByteBuffer {
        do {
            return try await body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw HTTPProblem(
                status: .contentTooLarge, code: "body_too_large",
                message: "The body is larger than \(limit) bytes. Send it in parts.")
        }
    }
}

extension DecodingError {
    /// What was found where.
    fileprivate var reason: String {
        switch self {
        case .keyNotFound(let key, _): "`\(key.stringValue)` is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "`\(context.codingPath.map(\.stringValue).joined(separator: "."))` has the wrong type"
        default: "it is not JSON"
        }
    }
}
