import Hummingbird
import Realtime

/// The paths of LiveTalking's HTTP interface that make sense here, for integrations that were written for it: the same
/// as ``ControlRoutes``, with LiveTalking's shape of answers and errors. `sessionid` is the id of a session.
struct LiveTalkingRoutes {
    let live: LiveSessions
    let control: ControlRoutes

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.post("/human") { request, _ in
            try await answer {
                let wish = try await request.json(Wish.self)
                let live = try session(wish.sessionid)
                let text = wish.text ?? ""
                if wish.type == "chat" {
                    _ = try await control.ask(text, of: live, wish.interrupt)
                } else {
                    _ = try await control.say(text, voice: nil, in: live, wish.interrupt)
                }
                return Answer(msg: "ok")
            }
        }
        router.post("/interrupt_talk") { request, _ in
            try await answer {
                let wish = try await request.json(Wish.self)
                await (try session(wish.sessionid)).session.interrupt()
                return Answer(msg: "ok")
            }
        }
        router.post("/is_speaking") { request, _ in
            try await answer {
                let wish = try await request.json(Wish.self)
                return Answer(data: await (try session(wish.sessionid)).session.isSpeaking)
            }
        }
    }

    private struct Wish: Decodable {
        let sessionid: String
        let text: String?
        /// `chat` to have it answered; everything else is read aloud.
        let type: String?
        let interrupt: Bool?
    }

    private struct Answer: Encodable {
        var code = 0
        var msg: String?
        var data: Bool?
    }

    private func session(_ id: String) throws -> LiveSessions.Live {
        guard let live = live[id] else { throw ControlRoutes.notLive(id) }
        return live
    }

    /// LiveTalking says with 200 what went wrong.
    private func answer(_ body: () async throws -> Answer) async throws -> Response {
        do {
            return try .json(await body())
        } catch let problem as HTTPProblem {
            return try .json(Answer(code: -1, msg: problem.message))
        } catch {
            return try .json(Answer(code: -1, msg: "\(error)"))
        }
    }
}
