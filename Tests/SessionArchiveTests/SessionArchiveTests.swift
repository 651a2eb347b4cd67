import Foundation
import GRDB
import Logging
import Realtime
import Responders
@testable import SessionArchive
import Telemetry
import TestSupport
import Testing

@Suite("What is said is kept")
struct SessionArchiveTests {
    let folder: TemporaryFolder
    let metrics = PrometheusMetrics()

    init() throws { folder = try TemporaryFolder() }

    private func archive(
        audio: Bool = false, enabled: Bool = true, retentionDays: Double = 30
    ) throws -> SessionArchive {
        var settings = ArchiveSettings()
        settings.isEnabled = enabled
        settings.folder = folder.url
        settings.keepsAudio = audio
        settings.retentionDays = retentionDays
        return try SessionArchive(settings, logger: Logger(label: "test"), metrics: metrics)
    }

    private func session(_ id: String, started: Date = Date(timeIntervalSince1970: 1_000)) -> ArchivedSession {
        ArchivedSession(id: id, avatar: "mira", responder: "auto", started: started)
    }

    private func converse(_ witness: any SessionWitness) {
        let turn = Turn(id: "item_1", speaker: .user, text: "Hello?", speech: Array(repeating: 7, count: 24_000))
        witness.see(.turnStarted, at: .seconds(1))
        witness.see(.turnEnded, at: .seconds(2.5))
        witness.see(.entered(.turn(turn)), at: .seconds(2.5))
        witness.see(.responding(responseID: "resp_1", itemID: "item_2", isSeen: true), at: .seconds(2.6))
        witness.see(.timed(itemID: "item_2", stepsMs: ["first_audio": 100]), at: .seconds(2.7))
        witness.see(.spoke([1, 2, 3, 4], first: 0, start: .seconds(2.8)), at: .seconds(2.7))
        let response = FinishedResponse(
            id: "resp_1", itemID: "item_2", status: "completed", text: "Good morning! How are you?",
            heardMilliseconds: 3_000, end: .seconds(5.8))
        witness.see(.responded(response), at: .seconds(3))
    }

    @Test("in order, with the times at which it was heard")
    func lines() async throws {
        let archive = try archive()
        let witness = archive.witness(of: session("sess_1"))
        converse(witness)
        witness.see(.truncated(itemID: "item_2", text: "Good morning!", heardMilliseconds: 1_000), at: .seconds(4))
        witness.see(.timed(itemID: "item_2", stepsMs: ["first_audio": 100, "first_frame": 120]), at: .seconds(3.1))
        let (session, lines) = try #require(try await archive.session("sess_1"))
        #expect(session.ended == nil)
        #expect(
            lines == [
                ArchivedLine(itemID: "item_1", speaker: .user, text: "Hello?", startMs: 1_000, endMs: 2_500),
                ArchivedLine(
                    itemID: "item_2", speaker: .assistant, text: "Good morning!", startMs: 2_800, endMs: 3_800,
                    status: "completed", timings: ["first_audio": 100, "first_frame": 120]),
            ])
        witness.see(.ended, at: .seconds(10))
        #expect(try await archive.session("sess_1")?.session.ended == Date(timeIntervalSince1970: 1_010))
    }

    @Test("on disk, and closed by the next who opens an archive that a crash left")
    func crash() async throws {
        do {
            let archive = try archive()
            converse(archive.witness(of: session("sess_1")))
            await archive.flush()
        }
        let (session, lines) = try #require(try await archive().session("sess_1"))
        #expect(lines.count == 2)
        #expect(session.ended == Date(timeIntervalSince1970: 1_005.8))
    }

    @Test("as sound too, of what was heard, where that is switched on", arguments: [true, false])
    func sound(isKept: Bool) async throws {
        let archive = try archive(audio: isKept)
        converse(archive.witness(of: session("sess_1")))
        #expect(try await archive.sound(ofItem: "item_1", in: "sess_1")?.count == (isKept ? 48_000 : nil))
        let answer: [UInt8]? = isKept ? [1, 0, 2, 0, 3, 0, 4, 0] : nil
        #expect(try await archive.sound(ofItem: "item_2", in: "sess_1").map(Array.init) == answer)
    }

    @Test("nowhere where nothing is to be kept: only what is live is known")
    func off() async throws {
        let archive = try archive(audio: true, enabled: false)
        let witness = archive.witness(of: session("sess_1"))
        converse(witness)
        #expect(try await archive.session("sess_1")?.lines.count == 2)
        witness.see(.ended, at: .seconds(9))
        #expect(try await archive.session("sess_1") == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test("for as long as it is to be kept; what is deleted is gone, with its sound and film, from the file too")
    func retention() async throws {
        let archive = try archive(audio: true, retentionDays: 2)
        for id in ["old", "new", "live"] {
            let witness = archive.witness(of: session(id))
            converse(witness)
            if id != "live" { witness.see(.ended, at: .seconds(id == "old" ? 10 : 100_000)) }
        }
        let film = try #require(archive.film(of: "old"))
        try FileManager.default.createDirectory(
            at: film.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data([1]).write(to: film)
        await archive.flush()
        await archive.forgetExpired(at: Date(timeIntervalSince1970: 1_011 + 2 * 86_400))
        #expect(try await archive.sessions(limit: 10).map(\.id) == ["new", "live"])
        #expect(!FileManager.default.fileExists(atPath: film.path))
        #expect(try await archive.sound(ofItem: "item_1", in: "old") == nil)
        #expect(try await archive.delete("new"))
        #expect(try await !archive.delete("new"))
    }

    @Test("in pages")
    func pages() async throws {
        let archive = try archive()
        for number in 0..<5 {
            _ = archive.witness(of: session("sess_\(number)", started: Date(timeIntervalSince1970: Double(number / 2))))
        }
        let first = try await archive.sessions(limit: 2).map(\.id)
        let second = try await archive.sessions(before: first.last, limit: 2).map(\.id)
        let third = try await archive.sessions(before: second.last, limit: 2).map(\.id)
        #expect([first, second, third] == [["sess_4", "sess_3"], ["sess_2", "sess_1"], ["sess_0"]])
        #expect(try await archive.sessions(before: "nobody", limit: 2).isEmpty)
    }

    @Test("later, if somebody holds the file: nothing waits for it, and nothing is lost")
    func locked() async throws {
        let archive = try archive()
        let witness = archive.witness(of: session("sess_1"))
        await archive.flush()
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(
            path: folder.url.appending(path: "sessions.sqlite").path, configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        converse(witness)
        #expect(await !archive.flush())
        witness.see(.truncated(itemID: "item_2", text: "Good", heardMilliseconds: 500), at: .seconds(4))
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        #expect(await archive.flush())
        #expect(try await archive.session("sess_1")?.lines.map(\.text) == ["Hello?", "Good"])
        #expect(metrics.scrape().contains("visavis_archive_pending_bytes 0"))
    }

    @Test("A folder that cannot be an archive is an error that says so")
    func unusable() throws {
        try Data("this is not a database, but long enough to be looked at".utf8)
            .write(to: folder.url.appending(path: "sessions.sqlite"))
        let error = #expect(throws: ArchiveError.self) { _ = try archive() }
        #expect("\(try #require(error))".contains(folder.url.path))
    }
}
