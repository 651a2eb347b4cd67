import Foundation
import HTTPTypes
import Hummingbird
import SessionArchive

/// `/v1/sessions/ID/recording`: a film of what the user saw, heard and said.
struct RecordingRoutes {
    let archive: SessionArchive
    let live: LiveSessions
    let recordings: Recordings

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.post("/v1/sessions/:id/recording") { _, context in try await start(try SessionRoutes.id(context)) }
        router.post("/v1/sessions/:id/recording/stop") { _, context in
            let id = try SessionRoutes.id(context)
            guard let recorder = await recordings.stop(id) else { throw Self.noFilm(of: id) }
            return try Response.json(await Description(recorder.state, of: id))
        }
        router.get("/v1/sessions/:id/recording") { _, context in
            let id = try SessionRoutes.id(context)
            return try Response.json(Description(try await state(of: id).state, of: id))
        }
        router.get("/v1/sessions/:id/recording/film") { request, context in
            let id = try SessionRoutes.id(context)
            let (state, file) = try await state(of: id)
            guard state != .recording else { throw Self.isRunning(id) }
            return try await film(file, asked: request.headers[.range], context)
        }
        router.delete("/v1/sessions/:id/recording") { _, context in
            let id = try SessionRoutes.id(context)
            let (state, file) = try await state(of: id)
            guard state != .recording else { throw Self.isRunning(id) }
            await recordings.forget(id)
            try FileManager.default.removeItem(at: file)
            return Response(status: .noContent)
        }
    }

    private struct Description: Encodable {
        let state: String
        let reason: String?
        let filmURL: String

        init(_ state: FilmRecorder.State, of id: String) {
            filmURL = "/v1/sessions/\(id)/recording/film"
            switch state {
            case .recording: (self.state, reason) = ("recording", nil)
            case .finished: (self.state, reason) = ("finished", nil)
            case .failed(let reason): (self.state, self.reason) = ("failed", reason)
            }
        }

        private enum CodingKeys: String, CodingKey {
            case state, reason
            case filmURL = "film_url"
        }
    }

    private func start(_ id: String) async throws -> Response {
        guard let live = live[id] else { throw ControlRoutes.notLive(id) }
        guard let witness = live.film, let file = archive.film(of: id) else {
            throw HTTPProblem(
                status: .conflict, code: "archive_off",
                message: "Sessions are recorded only where they are kept: set `archive.enabled` to true.")
        }
        guard let recorder = try await recordings.start(live, seenBy: witness, in: file) else {
            throw HTTPProblem(
                status: .conflict, code: "recording_exists",
                message: "Session \"\(id)\" is being recorded, or was. Fetch the film and delete it first.",
                parameter: "id")
        }
        var response = try Response.json(await Description(recorder.state, of: id))
        response.status = .created
        return response
    }

    /// The film, or the part of it that a player asks for.
    private func film(_ file: URL, asked range: String?, _ context: BasicRequestContext) async throws -> Response {
        let size = try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
        var headers: HTTPFields = [.contentType: "video/mp4", .cacheControl: "no-store", .acceptRanges: "bytes"]
        switch ByteRange(range, of: size) {
        case .whole:
            return Response(
                status: .ok, headers: headers, body: try await FileIO().loadFile(path: file.path, context: context))
        case .part(let bytes):
            headers[.contentRange] = "bytes \(bytes.lowerBound)-\(bytes.upperBound)/\(size)"
            return Response(
                status: .partialContent, headers: headers,
                body: try await FileIO().loadFile(path: file.path, range: bytes, context: context))
        case .unsatisfiable:
            return Response(
                status: .rangeNotSatisfiable, headers: [.contentRange: "bytes */\(size)"])
        }
    }

    private func state(of id: String) async throws -> (state: FilmRecorder.State, file: URL) {
        if let recorder = await recordings.recorder(of: id) { return (await recorder.state, recorder.file) }
        // Only the names of sessions that there are become names of files.
        guard try await archive.session(id) != nil else { throw SessionRoutes.unknown(id) }
        guard let file = archive.film(of: id), FileManager.default.fileExists(atPath: file.path) else {
            throw Self.noFilm(of: id)
        }
        return (.finished, file)
    }

    private static func noFilm(of id: String) -> HTTPProblem {
        .notFound("Session \"\(id)\" is not recorded; POST /v1/sessions/\(id)/recording begins.", parameter: "id")
    }

    private static func isRunning(_ id: String) -> HTTPProblem {
        HTTPProblem(
            status: .conflict, code: "recording_running",
            message: "Session \"\(id)\" is still being recorded: POST /v1/sessions/\(id)/recording/stop first.",
            parameter: "id")
    }
}
