public import Foundation
internal import GRDB
public import Logging
public import Metrics
public import Realtime
internal import Synchronization
internal import Telemetry

/// What was said in sessions, and when.
///
/// Sessions leave what happens with ``record(_:)``, which never waits; ``run()`` writes it several times a second. What
/// cannot be written, because the disk is full or somebody holds the file, is tried again for as long as there is room
/// for it in memory. Where keeping is switched off the archive is in memory, and holds sessions that are live.
public final class SessionArchive: Sendable {
    /// How long what happened may wait before it is on disk.
    static let writingInterval = Duration.milliseconds(250)
    /// How long after a failure it is tried again.
    static let patience = Duration.seconds(1)
    /// Lines that are remembered of a live session where nothing is kept.
    static let liveLines = 1000

    /// What is kept.
    public let settings: ArchiveSettings
    /// The folder of the archive; nil where nothing is kept.
    public let folder: URL?

    let database: any DatabaseWriter
    private let pending = Mutex(PendingEntries())
    private let isStuck = Mutex(false)
    private let logger: Logger
    private let lost: Counter
    private let backlog: Meter

    /// Opens the archive, or makes one. Sessions that a crash left open are closed.
    /// - Throws: ``ArchiveError``.
    public init(
        _ settings: ArchiveSettings, logger: Logger, metrics: any MetricsFactory = MetricsSystem.factory
    ) throws(ArchiveError) {
        self.settings = settings
        self.logger = logger
        lost = Counter(.archiveLost, factory: metrics)
        backlog = Meter(.archivePending, factory: metrics)
        folder = settings.isEnabled ? settings.folder : nil
        do {
            database = try ArchiveDatabase.open(in: folder)
            try database.write { database in
                try database.execute(
                    sql: """
                        UPDATE session SET ended = started + coalesce(
                            (SELECT max(end_ms) FROM line WHERE line.session = session.id), 0) / 1000.0
                        WHERE ended IS NULL
                        """)
            }
        } catch {
            throw .cannotOpen(folder: folder?.path ?? "memory", reason: "\(error)")
        }
    }

    /// Somebody who writes down what happens in a session, which begins now.
    public func witness(of session: ArchivedSession) -> any SessionWitness {
        record(ArchiveEntry(session.id, .began(session)))
        return ArchivingWitness(SessionNotes(session, keepsAudio: settings.keepsAudio && folder != nil), in: self)
    }

    /// Takes something to be written soon. Returns at once.
    public func record(_ entry: ArchiveEntry) {
        let (dropped, size) = pending.withLock { ($0.append(entry), $0.size) }
        if dropped > 0 { lost.increment(by: dropped) }
        backlog.set(size)
    }

    /// Writes and forgets until the task is cancelled, and then what is left.
    public func run() async {
        var nextSweep = ContinuousClock.now
        while !Task.isCancelled {
            let isWritten = await flush()
            if ContinuousClock.now >= nextSweep {
                await forgetExpired(at: Date())
                nextSweep = .now + .seconds(600)
            }
            try? await Task.sleep(for: isWritten ? Self.writingInterval : Self.patience)
        }
        // In a task of its own: GRDB heeds cancellation.
        _ = await Task { await flush() }.value
    }

    /// Writes what waits.
    /// - Returns: false if it could not be written; it goes on waiting.
    @discardableResult
    public func flush() async -> Bool {
        // All of it in the database's own queue, so that entries stay in their order whoever else writes.
        let outcome = try? await database.writeWithoutTransaction { database in
            let entries = pending.withLock { $0.take() }
            guard !entries.isEmpty else { return true }
            do {
                try write(entries, to: database)
            } catch {
                putBack(entries, because: error)
                return false
            }
            backlog.set(pending.withLock { $0.size })
            if isStuck.withLock({ exchange(&$0, with: false) }) { logger.notice("The archive is written again.") }
            return true
        }
        return outcome ?? false
    }

    private func write(_ entries: [ArchiveEntry], to database: Database) throws {
        try database.inTransaction {
            for entry in entries {
                do {
                    try entry.write(to: database)
                    if folder == nil { try Self.forget(after: entry, in: database) }
                } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                    // Its session was deleted, or a client used an item's name twice.
                    logger.debug("An entry was left out.", metadata: ["session": "\(entry.sessionID)"])
                }
            }
            return .commit
        }
    }

    private func putBack(_ entries: [ArchiveEntry], because error: any Error) {
        let dropped = pending.withLock { $0.putBack(entries) }
        if dropped > 0 { lost.increment(by: dropped) }
        guard !isStuck.withLock({ exchange(&$0, with: true) }) else { return }
        warn("The archive cannot be written; it is tried again every second.", error)
    }

    /// Where nothing is kept: what is no longer live goes, and sessions that last for days do not grow.
    private static func forget(after entry: ArchiveEntry, in database: Database) throws {
        switch entry.change {
        case .ended:
            try database.execute(sql: "DELETE FROM session WHERE id = ?", arguments: [entry.sessionID])
        case .said:
            try database.execute(
                sql: """
                    DELETE FROM line WHERE session = ? AND number <= (
                        SELECT number FROM line WHERE session = ? ORDER BY number DESC LIMIT 1 OFFSET ?)
                    """,
                arguments: [entry.sessionID, entry.sessionID, liveLines])
        default: break
        }
    }

    /// Logs what keeps the archive from doing something that nobody waits for.
    func warn(_ message: Logger.Message, _ error: any Error) {
        logger.warning(message, metadata: ["error": "\(error)"])
    }
}

/// Hands what happens in a session to the archive.
private final class ArchivingWitness: SessionWitness {
    private let notes: Mutex<SessionNotes>
    private let archive: SessionArchive

    init(_ notes: SessionNotes, in archive: SessionArchive) {
        self.notes = Mutex(notes)
        self.archive = archive
    }

    func see(_ event: SessionEvent, at instant: Duration) {
        for entry in notes.withLock({ $0.entries(for: event, at: instant) }) { archive.record(entry) }
    }
}
