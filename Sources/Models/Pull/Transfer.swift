import Foundation
import FoundationNetworking

/// One request, and what comes back, in pieces as they arrive.
struct Transfer {
    /// What comes back.
    enum Event: Sendable {
        /// The server sends us on; the SHA-256 of the file, where it says so.
        case redirected(sha256: String?)
        case response(status: Int, contentRange: String?, length: Int?, sha256: String?)
        case bytes(Data)
    }

    let url: URL
    let range: String?
    /// Without a byte for so long, it is given up.
    var idleSeconds = 60.0

    /// Asks.
    /// - Throws: while it is read: `URLError`.
    func events() -> AsyncThrowingStream<Event, any Error> {
        AsyncThrowingStream { continuation in
            var request = URLRequest(url: url)
            request.timeoutInterval = idleSeconds
            request.setValue(range, forHTTPHeaderField: "Range")
            // Compressed bytes could not be continued.
            request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
            let delegate = Delegate(continuation: continuation, range: range)
            let session = URLSession(configuration: .ephemeral, delegate: delegate, delegateQueue: nil)
            let task = session.dataTask(with: request)
            continuation.onTermination = { _ in task.cancel() }
            task.resume()
            session.finishTasksAndInvalidate()
        }
    }

    private final class Delegate: NSObject, URLSessionDataDelegate, Sendable {
        private let continuation: AsyncThrowingStream<Event, any Error>.Continuation
        private let range: String?

        init(continuation: AsyncThrowingStream<Event, any Error>.Continuation, range: String?) {
            self.continuation = continuation
            self.range = range
        }

        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
        ) {
            continuation.yield(.redirected(sha256: Transfer.sum(in: response)))
            var request = newRequest
            request.setValue(range, forHTTPHeaderField: "Range")
            completionHandler(request)
        }

        func urlSession(
            _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
            completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
        ) {
            if let response = response as? HTTPURLResponse {
                let length = response.value(forHTTPHeaderField: "Content-Length").flatMap { Int($0) }
                continuation.yield(
                    .response(
                        status: response.statusCode,
                        contentRange: response.value(forHTTPHeaderField: "Content-Range"), length: length,
                        sha256: Transfer.sum(in: response)))
            }
            completionHandler(.allow)
        }

        func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
            continuation.yield(.bytes(data))
        }

        func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
            continuation.finish(throwing: error)
        }
    }

    /// The SHA-256 that a server says a file has: model hubs put it where others put any tag.
    static func sum(in response: HTTPURLResponse) -> String? {
        for field in ["X-Linked-ETag", "ETag"] {
            guard let value = response.value(forHTTPHeaderField: field) else { continue }
            let digits = value.trimmingCharacters(in: CharacterSet(charactersIn: "\"W/ ")).lowercased()
            if digits.wholeMatch(of: /[0-9a-f]{64}/) != nil { return digits }
        }
        return nil
    }
}
