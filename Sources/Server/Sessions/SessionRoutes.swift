import Audio
import Foundation
import HTTPTypes
import Hummingbird
import SessionArchive

/// `/v1/sessions`: the sessions that are live, and those that are kept.
struct SessionRoutes {
    /// The most sessions of a page.
    private static let pageLimit = 200

    let archive: SessionArchive
    let live: LiveSessions

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.get("/v1/sessions") { request, _ in try await list(request) }
        router.get("/v1/sessions/:id") { request, context in try await get(request, try Self.id(context)) }
        router.delete("/v1/sessions/:id") { _, context in try await delete(try Self.id(context)) }
        router.get("/v1/sessions/:id/items/:item/audio") { _, context in
            try await audio(of: try context.parameters.require("item"), in: try Self.id(context))
        }
    }

    /// The name of the session that a request is about.
    static func id(_ context: BasicRequestContext) throws -> String { try context.parameters.require("id") }

    /// There is no such session.
    static func unknown(_ id: String) -> HTTPProblem {
        .notFound("There is no session \"\(id)\"; /v1/sessions lists those that are live or kept.", parameter: "id")
    }

    private func list(_ request: Request) async throws -> Response {
        let query = request.uri.queryParameters
        let limit = query["limit"].map { Int($0) } ?? 50
        guard let limit, (1...Self.pageLimit).contains(limit) else {
            throw HTTPProblem.invalid(
                "limit is \"\(query["limit"] ?? "")\"; expected is a number from 1 to \(Self.pageLimit).",
                parameter: "limit")
        }
        let before = query["before"].map(String.init)
        let sessions = try await archive.sessions(before: before, limit: limit + 1)
        let page = sessions.prefix(limit).map(description)
        return try .json(SessionPage(sessions: page, next: sessions.count > limit ? page.last?.id : nil))
    }

    private func get(_ request: Request, _ id: String) async throws -> Response {
        let format = try SessionFormat(of: request)
        guard let (session, lines) = try await archive.session(id) else { throw Self.unknown(id) }
        guard let transcript = format.transcript else {
            return try .json(SessionDescription.Detail(description(of: session), items: lines))
        }
        return Response(
            status: .ok, headers: [.contentType: format.mediaType, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: transcript.transcript(of: session, lines))))
    }

    private func delete(_ id: String) async throws -> Response {
        guard live[id] == nil else {
            throw HTTPProblem(
                status: .conflict, code: "session_live",
                message: "Session \"\(id)\" is live. It can be deleted when its client has left.", parameter: "id")
        }
        guard try await archive.delete(id) else { throw Self.unknown(id) }
        return Response(status: .noContent)
    }

    private func audio(of item: String, in id: String) async throws -> Response {
        guard let pcm = try await archive.sound(ofItem: item, in: id) else {
            throw HTTPProblem.notFound(
                "No sound is kept of item \"\(item)\" of session \"\(id)\"; it is where `archive.audio` is on.",
                parameter: "item")
        }
        return Response(
            status: .ok, headers: [.contentType: "audio/wav", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: WAVFile.header(ofBytes: pcm.count) + pcm)))
    }

    private func description(of session: ArchivedSession) -> SessionDescription {
        SessionDescription(session, state: live[session.id]?.status.current)
    }
}
