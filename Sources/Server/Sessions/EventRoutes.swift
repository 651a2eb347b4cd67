import Foundation
import HTTPTypes
import Hummingbird
import Responders

/// `/v1/sessions/ID/events`: what an avatar does and what is said, as server-sent events.
struct EventRoutes {
    /// How often something is sent, so that nobody on the way takes the connection for dead.
    var keepAlive = Duration.seconds(15)

    let live: LiveSessions

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.get("/v1/sessions/:id/events") { [live, keepAlive] _, context in
            let id = try SessionRoutes.id(context)
            guard let live = live[id] else { throw ControlRoutes.notLive(id) }
            let news = live.status.news()
            return Response(
                status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
                body: ResponseBody { writer in
                    for await item in Self.messages(news, keepAlive: keepAlive) {
                        try await writer.write(ByteBuffer(string: item))
                    }
                    try await writer.finish(nil)
                })
        }
    }

    /// News as they are sent, and a comment now and then. It ends with the news.
    private static func messages(
        _ news: AsyncStream<SessionStatus.News>, keepAlive: Duration
    ) -> AsyncStream<String> {
        // Nothing piles up here: a comment that nobody took yet is as good as two.
        let (stream, messages) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingOldest(64))
        let task = Task {
            await withTaskGroup { group in
                group.addTask {
                    for await item in news {
                        if case .dropped = messages.yield(message(item)) { break }
                    }
                }
                group.addTask {
                    while (try? await Task.sleep(for: keepAlive)) != nil { messages.yield(": keep-alive\n\n") }
                }
                await group.next()
                group.cancelAll()
            }
            messages.finish()
        }
        messages.onTermination = { _ in task.cancel() }
        return stream
    }

    private struct Transcript: Encodable {
        let itemID: String
        let role: String
        let text: String

        private enum CodingKeys: String, CodingKey {
            case role, text
            case itemID = "item_id"
        }
    }

    private static func message(_ news: SessionStatus.News) -> String {
        switch news {
        case .state(let state): "event: \(state.rawValue)\ndata: {}\n\n"
        case .ended: "event: ended\ndata: {}\n\n"
        case .transcript(let itemID, let speaker, let text):
            "event: transcript\ndata: \(json(Transcript(itemID: itemID, role: "\(speaker)", text: text)))\n\n"
        }
    }

    private static func json(_ transcript: Transcript) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Strings can always be written; JSON has no line break, which would end the event.
        return (try? encoder.encode(transcript)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
