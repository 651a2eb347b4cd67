import Foundation
import Hummingbird
import Realtime
import Responders

/// What can be asked of a session that is live: to say, to answer, to be silent.
struct ControlRoutes {
    let live: LiveSessions
    let voices: VoiceCatalog

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.post("/v1/sessions/:id/say") { request, context in
            let wish = try await request.json(Wish.self)
            let live = try session(context)
            return try await accepted { try await say(wish.text, voice: wish.voice, in: live, wish.interrupt) }
        }
        router.post("/v1/sessions/:id/ask") { request, context in
            let wish = try await request.json(Wish.self)
            let live = try session(context)
            return try await accepted {
                try await ask(wish.text, of: live, wish.interrupt)
            }
        }
        router.post("/v1/sessions/:id/audio") { request, context in
            let live = try session(context)
            let query = request.uri.queryParameters
            let sound = try await UploadedSound(request)
            return try await accepted {
                if query["interrupt"] == "true" { await live.session.interrupt() }
                return try await live.session.say(sound.pieces(transcript: query["transcript"].map(String.init)))
            }
        }
        router.post("/v1/sessions/:id/interrupt") { _, context in
            try await Response.json(Interrupted(interrupted: session(context).session.interrupt()))
        }
        router.get("/v1/sessions/:id/status") { _, context in
            let live = try session(context)
            return try await Response.json(Status(state: live.status.current, speaking: live.session.isSpeaking))
        }
    }

    /// What to say or to answer.
    private struct Wish: Decodable {
        let text: String
        let voice: String?
        /// Whether to stop what is being said.
        let interrupt: Bool?
    }

    private struct Accepted: Encodable {
        let responseID: String

        private enum CodingKeys: String, CodingKey { case responseID = "response_id" }
    }

    private struct Interrupted: Encodable {
        let interrupted: Bool
    }

    private struct Status: Encodable {
        let state: SessionStatus.State
        let speaking: Bool
    }

    private func session(_ context: BasicRequestContext) throws -> LiveSessions.Live {
        let id = try SessionRoutes.id(context)
        guard let live = live[id] else { throw Self.notLive(id) }
        return live
    }

    /// The client of the session is gone, or there is no such session.
    static func notLive(_ id: String) -> HTTPProblem {
        .notFound("No session \"\(id)\" is live; /v1/sessions says which are.", parameter: "id")
    }

    /// Has the avatar read a text aloud.
    func say(_ text: String, voice: String?, in live: LiveSessions.Live, _ interrupts: Bool?) async throws -> String {
        try check(text)
        let pieces: any AsyncSequence<ResponsePiece, any Error> & Sendable
        do {
            pieces = try SpeakResponder(voices: voices).respond(
                to: Conversation(turns: [Turn(speaker: .user, text: text)], voice: voice ?? readingVoice(of: live)))
        } catch {
            throw HTTPProblem.invalid("It cannot be said: \(error).")
        }
        if interrupts == true { await live.session.interrupt() }
        return try await live.session.say(pieces)
    }

    /// Has a text answered as if the user had typed it.
    func ask(_ text: String, of live: LiveSessions.Live, _ interrupts: Bool?) async throws -> String {
        try check(text)
        if interrupts == true { await live.session.interrupt() }
        return try await live.session.ask(text)
    }

    private func check(_ text: String) throws {
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw HTTPProblem.invalid("`text` has no words. Send what is to be said or answered.", parameter: "text")
        }
        let length = text.utf8.count
        guard length <= RealtimeSession.longestText else {
            throw HTTPProblem.invalid(
                "`text` has \(length) bytes; it may have at most \(RealtimeSession.longestText). Send it in parts.",
                parameter: "text")
        }
    }

    /// The voice that the client chose, if it is one that reads: other responders have voices of their own.
    private func readingVoice(of live: LiveSessions.Live) -> String {
        (try? voices.voice(named: live.voice)) == nil ? VoiceCatalog.defaultVoice : live.voice
    }

    private func accepted(_ body: () async throws -> String) async throws -> Response {
        do {
            var response = try Response.json(Accepted(responseID: try await body()))
            response.status = .accepted
            return response
        } catch let refusal as SessionRefusal {
            throw HTTPProblem(refusal)
        }
    }
}

extension HTTPProblem {
    /// A session does not do what was asked of it.
    init(_ refusal: SessionRefusal) {
        self.init(
            status: refusal.isOverload ? .serviceUnavailable : .conflict, code: refusal.code, message: refusal.message)
    }
}
