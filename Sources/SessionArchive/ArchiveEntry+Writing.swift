internal import Audio
internal import Foundation
internal import GRDB

extension ArchiveEntry {
    /// Carries the change out.
    func write(to database: Database) throws {
        switch change {
        case .began(let session):
            try database.execute(
                sql: "INSERT INTO session (id, avatar, responder, started) VALUES (?, ?, ?, ?)",
                arguments: [session.id, session.avatar, session.responder, session.started.timeIntervalSince1970])
        case .said(let line):
            try database.execute(
                sql: """
                    INSERT INTO line (session, item, speaker, text, start_ms, end_ms, status, timings)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    sessionID, line.itemID, line.speaker.rawValue, line.text, line.startMs, line.endMs, line.status,
                    try line.timings.map(Self.json),
                ])
        case .transcribed(let itemID, let text):
            try database.execute(
                sql: "UPDATE line SET text = ? WHERE session = ? AND item = ?", arguments: [text, sessionID, itemID])
        case .timed(let itemID, let timings):
            try database.execute(
                sql: "UPDATE line SET timings = ? WHERE session = ? AND item = ?",
                arguments: [try Self.json(timings), sessionID, itemID])
        case .truncated(let itemID, let text, let heardMs):
            try database.execute(
                sql: """
                    UPDATE line SET text = ?, end_ms = min(end_ms, start_ms + ?) WHERE session = ? AND item = ?
                    """,
                arguments: [text, heardMs, sessionID, itemID])
            try database.execute(
                sql: "UPDATE sound SET pcm = substr(pcm, 1, ?) WHERE session = ? AND item = ?",
                arguments: [2 * SpeechFormat.samples(inMilliseconds: heardMs), sessionID, itemID])
        case .sound(let itemID, let samples):
            let pcm = samples.map(\.littleEndian).withUnsafeBytes { Data($0) }
            try database.execute(
                sql: "INSERT INTO sound (session, item, pcm) VALUES (?, ?, ?)", arguments: [sessionID, itemID, pcm])
        case .ended(let date):
            try database.execute(
                sql: "UPDATE session SET ended = ? WHERE id = ?", arguments: [date.timeIntervalSince1970, sessionID])
        }
    }

    private static func json(_ timings: [String: Double]) throws -> String {
        String(decoding: try JSONEncoder().encode(timings), as: UTF8.self)
    }
}
