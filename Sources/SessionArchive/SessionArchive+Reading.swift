public import Foundation
internal import GRDB
internal import Logging

extension SessionArchive {
    /// A page of sessions, newest first.
    /// - Parameters:
    ///   - before: the id of the last session of the page before; nil for the first page.
    ///   - limit: the most that are wanted.
    /// - Returns: nothing if there is no session `before`.
    public func sessions(before: String? = nil, limit: Int) async throws -> [ArchivedSession] {
        await flush()
        return try await database.read { database in
            let last = try before.flatMap { try Self.session($0, in: database) }
            guard before == nil || last != nil else { return [] }
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM session WHERE ? IS NULL OR (started, id) < (?, ?)
                    ORDER BY started DESC, id DESC LIMIT ?
                    """,
                arguments: [last?.id, last?.started.timeIntervalSince1970, last?.id, limit]
            ).map(ArchivedSession.init)
        }
    }

    /// A session and what was said in it, in order; nil if there is none of this name.
    public func session(_ id: String) async throws -> (session: ArchivedSession, lines: [ArchivedLine])? {
        await flush()
        return try await database.read { database in
            guard let session = try Self.session(id, in: database) else { return nil }
            let lines = try Row.fetchAll(
                database, sql: "SELECT * FROM line WHERE session = ? ORDER BY start_ms, number", arguments: [id])
            return (session, lines.compactMap(ArchivedLine.init))
        }
    }

    /// The sound of a line, 24 kHz mono, 16 bits, little-endian; nil if there is none.
    public func sound(ofItem item: String, in session: String) async throws -> Data? {
        await flush()
        return try await database.read { database in
            try Data.fetchOne(
                database, sql: "SELECT pcm FROM sound WHERE session = ? AND item = ?", arguments: [session, item])
        }
    }

    /// Forgets a session with everything that belongs to it.
    /// - Returns: false if there is none of this name.
    public func delete(_ id: String) async throws -> Bool {
        await flush()
        let count = try await database.write { database in
            try database.execute(sql: "DELETE FROM session WHERE id = ?", arguments: [id])
            return database.changesCount
        }
        guard count > 0 else { return false }
        removeFilm(of: id)
        return true
    }

    /// Where the film of a session belongs; nil where nothing is kept.
    /// - Parameter id: the name of a session that exists: it becomes the name of a file.
    public func film(of id: String) -> URL? {
        folder?.appending(path: "films/\(id).mp4")
    }

    /// Forgets what ended longer ago than it is to be kept.
    func forgetExpired(at now: Date) async {
        let oldest = now.timeIntervalSince1970 - settings.retentionDays * 86_400
        do {
            let expired = try await database.write { database in
                let ids = try String.fetchAll(
                    database, sql: "DELETE FROM session WHERE ended < ? RETURNING id", arguments: [oldest])
                return ids
            }
            for id in expired { removeFilm(of: id) }
            guard !expired.isEmpty else { return }
            try await database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        } catch {
            warn("Sessions that have been kept long enough cannot be deleted; it is tried again in a while.", error)
        }
    }

    private func removeFilm(of id: String) {
        guard let film = film(of: id), FileManager.default.fileExists(atPath: film.path) else { return }
        do {
            try FileManager.default.removeItem(at: film)
        } catch {
            warn("The film of a deleted session cannot be deleted: \(film.path).", error)
        }
    }

    private static func session(_ id: String, in database: Database) throws -> ArchivedSession? {
        try Row.fetchOne(database, sql: "SELECT * FROM session WHERE id = ?", arguments: [id])
            .map(ArchivedSession.init)
    }
}

extension ArchivedSession {
    fileprivate init(_ row: Row) {
        let ended: Double? = row["ended"]
        self.init(
            id: row["id"], avatar: row["avatar"], responder: row["responder"],
            started: Date(timeIntervalSince1970: row["started"]),
            ended: ended.map { Date(timeIntervalSince1970: $0) })
    }
}

extension ArchivedLine {
    fileprivate init?(_ row: Row) {
        guard let speaker = Speaker(rawValue: row["speaker"]) else { return nil }
        let timings: String? = row["timings"]
        self.init(
            itemID: row["item"], speaker: speaker, text: row["text"], startMs: row["start_ms"], endMs: row["end_ms"],
            status: row["status"],
            timings: timings.flatMap { try? JSONDecoder().decode([String: Double].self, from: Data($0.utf8)) })
    }
}
