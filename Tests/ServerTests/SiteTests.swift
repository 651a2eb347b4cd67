import Foundation
import TestSupport
import Testing

@testable import Server

/// The page's files over HTTP.
@Suite(.timeLimit(.minutes(10))) struct SiteTests {
    /// A folder with a page, and a secret beside it.
    private static func withSite<Result: Sendable>(
        _ body: @Sendable (TestEdge) async throws -> Result
    ) async throws -> Result {
        let root = try TemporaryFolder()
        let page = try root.file("Web/index.html", "<!doctype html>".utf8)
        try root.file("Web/ui/panel.js", "export {}".utf8)
        try root.file("Web/.hidden", "x".utf8)
        try root.file("secret.txt", "secret".utf8)
        let site = try Site(directory: page.deletingLastPathComponent())
        defer { withExtendedLifetime(root) {} }
        return try await TestEdge.run(site: site) { edge in try await body(edge) }
    }

    private func get(_ path: String, _ edge: TestEdge, method: String = "GET", header: String? = nil) async throws
        -> (head: String, body: String)
    {
        try await RawClient.connect(port: edge.port) { client in
            let lines = ["\(method) \(path) HTTP/1.1", "Host: test", "Connection: close"] + (header.map { [$0] } ?? [])
            try await client.send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8))
            return (try await client.head(), try await client.body(1 << 20))
        }
    }

    @Test(arguments: [
        ("/", "text/html", "<!doctype html>"), ("/index.html", "text/html", "<!doctype html>"),
        ("/ui/panel.js", "text/javascript", "export {}"), ("/ui/panel.js?v=2", "text/javascript", "export {}"),
    ])
    func filesAreServed(path: String, type: String, body: String) async throws {
        let answer = try await Self.withSite { try await get(path, $0) }
        #expect(answer.head.hasPrefix("HTTP/1.1 200"))
        #expect(answer.head.contains("Content-Type: \(type)"))
        #expect(answer.body == body)
    }

    @Test func aHeadRequestGetsTheHeadersAlone() async throws {
        let answer = try await Self.withSite { try await get("/ui/panel.js", $0, method: "HEAD") }
        #expect(answer.head.hasPrefix("HTTP/1.1 200"))
        #expect(answer.head.contains("Content-Length: 9"))
        #expect(answer.body.isEmpty)
    }

    @Test func aFileThatTheClientHasIsNotSentAgain() async throws {
        try await Self.withSite { edge in
            let first = try await get("/", edge)
            let tag = try #require(first.head.split(separator: "\r\n").first { $0.hasPrefix("ETag: ") }?.dropFirst(6))
            let second = try await get("/", edge, header: "If-None-Match: \"other\", \(tag)")
            #expect(second.head.hasPrefix("HTTP/1.1 304"))
            #expect(second.body.isEmpty)
            let third = try await get("/", edge, header: "If-None-Match: \"other\"")
            #expect(third.head.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test(arguments: [
        "/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/ui/../../secret.txt", "//etc/passwd",
        "/ui/..%5c..%5csecret.txt", "/.hidden", "/ui", "/ui/", "/nothing", "/index.html/", "/%00", "/%",
    ])
    func nothingElseIsServed(path: String) async throws {
        let answer = try await Self.withSite { try await get(path, $0) }
        #expect(answer.head.hasPrefix("HTTP/1.1 404"), "\(answer.head)")
        #expect(!answer.body.contains("secret\n") && answer.body != "secret")
        #expect(answer.body.contains("\"code\":\"not_found\"") || answer.body.isEmpty)
    }

    @Test func aFolderWithoutAPageIsAnError() {
        #expect(throws: SiteError.self) { try Site(directory: URL(filePath: "/nowhere")) }
    }

    @Test func healthIsToldWithoutASession() async throws {
        try await TestEdge.run { edge async throws in
            #expect(try await get("/healthz", edge).body == "ok\n")
            #expect(try await get("/readyz", edge).head.hasPrefix("HTTP/1.1 200"))
            edge.readiness.drain()
            #expect(try await get("/healthz", edge).head.hasPrefix("HTTP/1.1 200"))
            #expect(try await get("/readyz", edge).head.hasPrefix("HTTP/1.1 503"))
        }
    }

    @Test(arguments: ["GARBAGE\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n"])
    func whatIsNoHTTPIsRefusedAndOthersAreServed(request: String) async throws {
        try await TestEdge.run { edge in
            try await RawClient.connect(port: edge.port) { client in
                try await client.send(Array(request.utf8))
                let head = try await client.head()
                #expect(head.hasPrefix("HTTP/1.1 400"), "\(head)")
            }
            #expect(try await get("/healthz", edge).body == "ok\n")
        }
    }
}
