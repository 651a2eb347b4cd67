import Avatars
import Foundation
import Logging
import Realtime
import TestSupport
import Testing

@testable import Server

/// Avatars beside the default one: seen at once, loaded when somebody asks.
@Suite(.timeLimit(.minutes(10))) struct AvatarsOnDemandTests {
    private let film: SmallFilm

    /// The film's model is nowhere: the avatar can be seen, and cannot speak.
    init() async throws {
        film = try await SmallFilm(model: FaceModel(version: "1.5", fingerprint: "of-nobody"))
    }

    private func run(
        idleMinutes: Double = 30, _ body: @Sendable (TestServer) async throws -> Void
    ) async throws {
        let library = AvatarLibrary(folders: [film.folder])
        var settings = ServerSettings()
        settings.avatarIdleMinutes = idleMinutes
        let stage = try await Stage.load(settings, library: library, logger: TestServer.silent)
        try await TestServer.run(stage: stage, body)
    }

    private func get(_ path: String, _ server: TestServer) async throws -> (head: String, body: [UInt8]) {
        try await RawClient.connect(port: server.port) { try await $0.get("/v1/avatars/film/\(path)") }
    }

    @Test func theyAreSeenBeforeTheyAreLoaded() async throws {
        // Without it the film could not be loaded.
        try FileManager.default.removeItem(at: film.folder.appending(path: "frames.i420"))
        try await run { server in
            let list = try await RawClient.connect(port: server.port) { try await $0.get("/v1/avatars").body }
            let described = String(decoding: list, as: UTF8.self)
            #expect(described.contains(#""id":"film""#) && described.contains(#""frames":6"#), "\(described)")
            #expect(try await get("poster", server).body.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        }
    }

    @Test func theIdleClipNeedsNoModel() async throws {
        try await run { server in
            let (head, clip) = try await get("idle", server)
            #expect(head.hasPrefix("HTTP/1.1 200") && !clip.isEmpty)
        }
    }

    @Test func whatCannotBeLoadedIsToldAndTriedAgain() async throws {
        let frames = film.folder.appending(path: "frames.i420")
        let aside = film.folder.appending(path: "aside")
        try FileManager.default.moveItem(at: frames, to: aside)
        try await run { server in
            let (head, problem) = try await get("idle", server)
            #expect(head.hasPrefix("HTTP/1.1 503"))
            #expect(String(decoding: problem, as: UTF8.self).contains("frames.i420"))
            try FileManager.default.moveItem(at: aside, to: frames)
            #expect(try await get("idle", server).head.hasPrefix("HTTP/1.1 200"))
        }
    }

    /// That it is gone shows when its files are, too.
    @Test func whatNobodyUsesIsLetGoAndLoadedAgain() async throws {
        let frames = film.folder.appending(path: "frames.i420")
        let aside = film.folder.appending(path: "aside")
        try await run(idleMinutes: 0) { server in
            #expect(try await get("idle", server).head.hasPrefix("HTTP/1.1 200"))
            try FileManager.default.moveItem(at: frames, to: aside)
            while try await loaded(server) > 1 { try await Task.sleep(for: .milliseconds(10)) }
            #expect(try await get("idle", server).head.hasPrefix("HTTP/1.1 503"))
            try FileManager.default.moveItem(at: aside, to: frames)
            #expect(try await get("idle", server).head.hasPrefix("HTTP/1.1 200"))
        }
    }

    /// What `/metrics` says of avatars in memory.
    private func loaded(_ server: TestServer) async throws -> Int {
        let text = try await RawClient.connect(port: server.port) { try await $0.get("/metrics").body }
        let line = String(decoding: text, as: UTF8.self).split(separator: "\n")
            .first { $0.hasPrefix("visavis_avatars_loaded ") }
        return try #require(line?.split(separator: " ").last.flatMap { Int($0) })
    }

    @Test func aSessionThatCannotBeginSaysWhyAndOthersGoOn() async throws {
        try await run { server in
            try await RawClient.session(port: server.port) { other in
                for _ in 0..<2 {
                    try await RawClient.webSocket(port: server.port, path: "/v1/realtime?avatar=film&video=base64") {
                        client in
                        let event = try #require(try await client.frame()).text
                        #expect(event.contains(#""code":"avatar_unavailable""#), "\(event)")
                        #expect(event.contains("visavis models import"), "\(event)")
                        #expect(try await client.closeCode() == 1011)
                    }
                }
                try await other.send(text: #"{"type": "input_audio_buffer.clear"}"#)
                try await other.event("input_audio_buffer.cleared")
            }
            try await server.waitUntilEmpty()
        }
    }
}
