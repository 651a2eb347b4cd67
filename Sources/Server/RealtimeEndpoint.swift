import HummingbirdCore
import Logging
import NIOCore
import Realtime
import Responders
import ServiceLifecycle

/// `/v1/realtime`: a session for each client.
struct RealtimeEndpoint: WebSocketEndpoint {
    static let path = "/v1/realtime"
    static let subprotocol = "realtime"

    /// What a client asked for in the query, found to exist.
    struct Admitted: Sendable {
        let performer: any Performing
        let voice: String
    }

    let stage: Stage
    let responder: any Responder
    let voices: Set<String>
    let settings: ServerSettings
    let readiness: Readiness
    let logger: Logger

    func admit(_ target: URI) throws(HTTPProblem) -> Admitted {
        guard target.path == Self.path else {
            throw .notFound("WebSockets are at \(Self.path), not at \(target.path).")
        }
        switch readiness.phase {
        case .starting: throw .unavailable("The server is starting; connect again in a second.")
        case .draining: throw .unavailable("The server is shutting down; connect again in a while.")
        case .ready: break
        }
        guard readiness.sessions < settings.maximumSessions else {
            throw .unavailable(
                "All \(settings.maximumSessions) sessions are taken; connect again later, or raise limits.sessions.")
        }
        let query = target.queryParameters
        let voice = query["voice"].map(String.init) ?? settings.voice
        guard voices.contains(voice) else {
            throw .notFound("There is no voice \"\(voice)\"; /v1/voices lists them.", parameter: "voice")
        }
        let avatar = query["avatar"].map(String.init) ?? stage.defaultAvatar
        guard let presence = stage[avatar] else {
            throw .notFound("There is no avatar \"\(avatar)\"; /v1/avatars lists them.", parameter: "avatar")
        }
        return Admitted(performer: presence.performer, voice: voice)
    }

    func serve(_ client: WebSocketClient, _ admitted: Admitted) async {
        await readiness.session {
            let session = RealtimeSession(
                performer: admitted.performer, responder: responder, voices: voices,
                settings: SessionSettings(voice: admitted.voice, turnDetection: settings.turnDetection),
                outbox: client.outbox, logger: logger)
            await session.start()
            await withTaskGroup { group in
                group.addTask { await finishOnShutdown(session, client.outbox) }
                do {
                    for try await message in client.messages {
                        switch message {
                        case .text(let bytes): await session.receive(text: bytes)
                        case .binary(let bytes): await session.receive(binary: bytes)
                        }
                    }
                } catch {
                    logger.debug("A client was lost.", metadata: ["session": "\(session.id)", "error": "\(error)"])
                }
                await session.close()
                group.cancelAll()
            }
        }
    }

    /// Lets the utterance finish when the server shuts down, within the time that is allowed for it.
    private func finishOnShutdown(_ session: RealtimeSession, _ outbox: OutboxConnection) async {
        do {
            try await gracefulShutdown()
        } catch {
            return  // The client was faster.
        }
        let patience = Duration.seconds(settings.drainSeconds)
        await withTaskGroup { group in
            group.addTask { await session.drain() }
            group.addTask {
                do {
                    try await Task.sleep(for: patience)
                    await session.close()  // Its time is over: this interrupts the utterance, and ends the drain.
                } catch {}
            }
            await group.next()
            group.cancelAll()
        }
        outbox.finish(.goingAway)
    }
}
