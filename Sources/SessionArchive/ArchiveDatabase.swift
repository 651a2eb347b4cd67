internal import Foundation
internal import GRDB

/// The tables of the archive, and how they are opened.
enum ArchiveDatabase {
    /// Opens the database in `folder`, which is made if it is not there, or one in memory.
    static func open(in folder: URL?) throws -> any DatabaseWriter {
        var configuration = Configuration()
        configuration.label = "archive"
        // Somebody who looks at the file with another program holds it for moments.
        configuration.busyMode = .timeout(1)
        configuration.prepareDatabase { database in
            // What is deleted is overwritten.
            try database.execute(sql: "PRAGMA secure_delete = ON")
        }
        let database: any DatabaseWriter
        if let folder {
            // What people say is for the owner of the server alone.
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            database = try DatabasePool(
                path: folder.appending(path: "sessions.sqlite").path, configuration: configuration)
        } else {
            database = try DatabaseQueue(configuration: configuration)
        }
        try migrator.migrate(database)
        return database
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: sessions, lines, sound") { database in
            try database.execute(
                sql: """
                    CREATE TABLE session (
                        id TEXT PRIMARY KEY NOT NULL,
                        avatar TEXT NOT NULL,
                        responder TEXT NOT NULL,
                        started REAL NOT NULL,  -- seconds since 1970
                        ended REAL
                    );
                    CREATE INDEX session_started ON session (started);
                    CREATE TABLE line (
                        number INTEGER PRIMARY KEY,
                        session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
                        item TEXT NOT NULL,
                        speaker TEXT NOT NULL,
                        text TEXT NOT NULL,
                        start_ms INTEGER NOT NULL,  -- since the start of the session
                        end_ms INTEGER NOT NULL,
                        status TEXT,
                        timings TEXT,  -- JSON
                        UNIQUE (session, item)
                    );
                    CREATE TABLE sound (
                        session TEXT NOT NULL,
                        item TEXT NOT NULL,
                        pcm BLOB NOT NULL,  -- 24 kHz mono, 16 bits, little-endian
                        PRIMARY KEY (session, item),
                        FOREIGN KEY (session, item) REFERENCES line (session, item) ON DELETE CASCADE
                    );
                    """)
        }
        return migrator
    }
}
