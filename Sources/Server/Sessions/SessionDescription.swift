import Foundation
import SessionArchive

/// A session as `/v1/sessions` shows it.
struct SessionDescription: Encodable {
    let id: String
    let avatar: String
    let responder: String
    /// What the avatar does; nil once the client is gone.
    let state: SessionStatus.State?
    let startedAt: String
    let endedAt: String?

    init(_ session: ArchivedSession, state: SessionStatus.State?) {
        id = session.id
        avatar = session.avatar
        responder = session.responder
        self.state = state
        startedAt = Self.text(session.started)
        endedAt = session.ended.map(Self.text)
    }

    private static func text(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    private enum CodingKeys: String, CodingKey {
        case id, avatar, responder, state
        case startedAt = "started_at"
        case endedAt = "ended_at"
    }

    /// With everything that was said.
    struct Detail: Encodable {
        private let description: SessionDescription
        private let items: [Item]

        init(_ description: SessionDescription, items lines: [ArchivedLine]) {
            self.description = description
            items = lines.map(Item.init)
        }

        func encode(to encoder: any Encoder) throws {
            try description.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(items, forKey: .items)
        }

        private enum CodingKeys: CodingKey { case items }
    }

    private struct Item: Encodable {
        let id: String
        let role: String
        let text: String
        let startMs: Int
        let endMs: Int
        let status: String?
        let timelineMs: [String: Double]?

        init(_ line: ArchivedLine) {
            id = line.itemID
            role = line.speaker.rawValue
            text = line.text
            startMs = line.startMs
            endMs = line.endMs
            status = line.status
            timelineMs = line.timings
        }

        private enum CodingKeys: String, CodingKey {
            case id, role, text, status
            case startMs = "start_ms"
            case endMs = "end_ms"
            case timelineMs = "timeline_ms"
        }
    }
}

/// A page of sessions, newest first.
struct SessionPage: Encodable {
    let sessions: [SessionDescription]
    /// What to ask for with `before` to get the next page; nil on the last one.
    let next: String?
}
