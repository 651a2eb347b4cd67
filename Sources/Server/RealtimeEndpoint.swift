import Batching
import Foundation
import HummingbirdCore
import Logging
import Metrics
import NIOCore
import NIOHTTP1
import Realtime
import Responders
import ServiceLifecycle
import SessionArchive

/// `/v1/realtime`: a session for each client.
struct RealtimeEndpoint: WebSocketEndpoint {
    static let path = "/v1/realtime"
    static let subprotocol = "realtime"

    /// What a client asked for in the query, found to exist.
    struct Wish: Sendable {
        let avatar: Stage.Presence
        let responder: OfferedResponder
        let voice: String
        /// nil for a conversation without a picture.
        let video: VideoTransport?
        /// True for clients of the protocol before it was generally available.
        let isBeta: Bool
    }

    /// A client that is let in.
    struct Admitted: Sendable {
        let wish: Wish
        let place: Readiness.Place
    }

    let stage: Stage
    let responders: ResponderCatalog
    let settings: ServerSettings
    let speechDetection: SpeechDetection
    let readiness: Readiness
    let sessionMetrics: SessionMetrics
    let archive: SessionArchive
    let live: LiveSessions
    let recordings: Recordings
    let logger: Logger

    func admit(_ request: HTTPRequestHead) throws(HTTPProblem) -> Admitted {
        let isBeta =
            request.headers[canonicalForm: "OpenAI-Beta"].contains { $0 == BetaDialect.name }
            || request.headers[canonicalForm: "Sec-WebSocket-Protocol"].contains { $0 == BetaDialect.subprotocol }
        let wish = try wish(of: URI(request.uri), isBeta: isBeta)
        do throws(Readiness.Refusal) {
            return Admitted(wish: wish, place: try readiness.takePlace(among: settings.maximumSessions))
        } catch {
            if error == .full { sessionMetrics.refused.increment() }
            throw problem(error)
        }
    }

    /// Decides as ``admit(_:)`` does, and takes no place.
    func check(_ target: URI) throws(HTTPProblem) {
        _ = try wish(of: target)
        if let refusal = readiness.refusal(limit: settings.maximumSessions) { throw problem(refusal) }
    }

    private func wish(of target: URI, isBeta: Bool = false) throws(HTTPProblem) -> Wish {
        guard target.path == Self.path else {
            throw .notFound("WebSockets are at \(Self.path), not at \(target.path).")
        }
        let query = target.queryParameters
        let responder = try responders.responder(named: query["responder"])
        let voice = query["voice"].map(String.init) ?? responder.defaultVoice
        guard responder.hasVoice(voice) else {
            throw .notFound(
                "There is no voice \"\(voice)\"; /v1/voices?responder=\(responder.name) lists them.",
                parameter: "voice")
        }
        let id = query["avatar"].map(String.init) ?? stage.defaultAvatar
        guard let avatar = stage[id] else {
            throw .notFound("There is no avatar \"\(id)\"; /v1/avatars lists them.", parameter: "avatar")
        }
        let transport = query["video"].map(String.init)
        let video = transport.flatMap(VideoTransport.init)
        guard (transport == nil) == (video == nil) else {
            let known = VideoTransport.allCases.map(\.rawValue).joined(separator: " and ")
            throw .notFound(
                "There is no video transport \"\(transport ?? "")\"; there are \(known).", parameter: "video")
        }
        return Wish(avatar: avatar, responder: responder, voice: voice, video: video, isBeta: isBeta)
    }

    private func problem(_ refusal: Readiness.Refusal) -> HTTPProblem {
        switch refusal {
        case .starting: .unavailable("The server is starting; connect again in a second.")
        case .draining: .unavailable("The server is shutting down; connect again in a while.")
        case .full:
            .unavailable(
                "All \(settings.maximumSessions) sessions are taken; connect again later, or raise limits.sessions.")
        }
    }

    func serve(_ client: WebSocketClient, _ admitted: Admitted) async {
        let avatar = admitted.wish.avatar.parts.lend()
        defer { withExtendedLifetime((admitted.place, avatar)) {} }
        let performer: any Performing
        do throws(AvatarUnavailable) {
            performer = try await avatar.load(\.performer)
        } catch {
            logger.error("An avatar cannot be loaded.", metadata: ["id": "\(error.id)", "reason": "\(error.reason)"])
            RealtimeSession.refuse(client.outbox, because: "\(error)")
            return await close(client, .avatarUnavailable)
        }
        let responder: any Responder
        do throws(ResponderUnavailable) {
            responder = try await admitted.wish.responder.load()
        } catch {
            logger.error(
                "A responder cannot be had.", metadata: ["name": "\(error.name)", "reason": "\(error.reason)"])
            RealtimeSession.refuse(client.outbox, becauseOfResponder: "\(error)")
            return await close(client, .responderUnavailable)
        }
        let seats: [SessionPlace]
        do throws(BatchingError) {
            // Who only listens takes nothing of what the machine can carry.
            seats =
                admitted.wish.video == nil
                ? [] : try performer.places.map { places throws(BatchingError) in try places.connect() }
        } catch {
            RealtimeSession.refuse(client.outbox, because: error)
            return await close(client, .capacityExceeded)
        }
        let id = Identifier.session()
        let status = StatusFeed()
        let film = archive.film(of: id).map { _ in FilmWitness() }
        let archived = ArchivedSession(
            id: id, avatar: avatar.item.id, responder: responder.name, started: Date())
        let session = RealtimeSession(
            id: id, performer: performer, responder: responder,
            voices: Set(admitted.wish.responder.voices.map(\.name)),
            settings: SessionSettings(
                voice: admitted.wish.voice, turnDetection: settings.turnDetection, video: admitted.wish.video),
            speechDetector: speechDetection.factory, seats: seats,
            outbox: admitted.wish.isBeta ? BetaOutbox(client.outbox) : client.outbox, logger: logger,
            metrics: sessionMetrics,
            witnesses: [archive.witness(of: archived), status] + [film].compactMap { $0 })
        live.add(
            .init(session: session, avatar: avatar, voice: admitted.wish.voice, status: status, film: film))
        defer { live.remove(id) }
        await session.start()
        await withTaskGroup { group in
            group.addTask { await finishOnShutdown(session, client.outbox) }
            do {
                for try await message in client.messages {
                    switch message {
                    case .text(let bytes):
                        await session.receive(text: admitted.wish.isBeta ? BetaDialect.current(bytes) : bytes)
                    case .binary(let bytes): await session.receive(binary: bytes)
                    }
                }
            } catch {
                logger.debug("A client was lost.", metadata: ["session": "\(session.id)", "error": "\(error)"])
            }
            await session.close()
            await recordings.forget(id)
            group.cancelAll()
        }
    }

    /// Closes the connection of a client that has been told why its session does not begin.
    private func close(_ client: WebSocketClient, _ reason: CloseReason) async {
        client.outbox.finish(reason)
        // What waits is written, and the client answers the close, before the messages end.
        do {
            for try await _ in client.messages {}
        } catch {}
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
