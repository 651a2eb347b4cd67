import Foundation
import Realtime
import Testing

@testable import Server

/// What `/v1/avatars` and `/v1/voices` say, against docs/protocol.md.
@Suite(.timeLimit(.minutes(10))) struct CatalogTests {
    private func object(_ path: String, _ server: TestServer) async throws -> [String: Any] {
        let body = try await RawClient.connect(port: server.port) { try await $0.get(path).body }
        return try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
    }

    @Test func theAvatarsAreListed() async throws {
        try await TestServer.run { server async throws in
            let list = try await object("/v1/avatars", server)
            let avatars = try #require(list["avatars"] as? [[String: Any]])
            let mira = try #require(avatars.first { $0["id"] as? String == "mira" })
            let documented = [
                "id", "name", "width", "height", "fps", "frames", "codec", "idle_url", "poster_url", "listening_url",
                "thinking_url",
            ]
            #expect(Set(mira.keys) == Set(documented))
            #expect(mira["fps"] as? Int == 25)
            #expect((mira["width"] as? Int ?? 0) >= 512 && (mira["height"] as? Int ?? 0) >= 512)
            #expect(list["default"] as? String == "mira")
        }
    }

    @Test func theVoicesAreListed() async throws {
        try await TestServer.run { server async throws in
            let list = try await object("/v1/voices", server)
            let voices = try #require(list["voices"] as? [[String: String]])
            #expect(voices.allSatisfy { Set($0.keys) == ["name", "language", "description", "engine"] })
            #expect(voices.contains { $0["name"] == list["default"] as? String })
        }
    }

    @Test func theIdleClipIsFramedAsDocumented() async throws {
        try await TestServer.run { server async throws in
            let list = try await object("/v1/avatars", server)
            let mira = try #require((list["avatars"] as? [[String: Any]])?.first)
            let (head, clip) = try await RawClient.connect(port: server.port) { client in
                try await client.get(try #require(mira["idle_url"] as? String))
            }
            #expect(head.contains("Content-Type: application/octet-stream"))
            var position = 0
            var frames = 0
            while position + 4 <= clip.count {
                let length = (0..<4).reduce(0) { $0 | Int(clip[position + $1]) << (8 * $1) }
                position += 4
                try #require(position + length <= clip.count)
                let message = Array(clip[position..<(position + length)])
                let (header, payload) = try BinaryMessage.parse(message)
                #expect(header.kind == .idleVideo && header.responseID.isEmpty)
                #expect(header.index == UInt32(frames) && header.baseFrame == UInt32(frames))
                #expect(header.ptsMicroseconds == UInt64(frames) * 40_000)
                #expect(header.isKeyframe == (frames % 10 == 0))
                #expect(message[payload...].starts(with: [0, 0, 0, 1]) || message[payload...].starts(with: [0, 0, 1]))
                position += length
                frames += 1
            }
            #expect(position == clip.count)
            #expect(frames == mira["frames"] as? Int)
        }
    }

    @Test func thePosterIsAPNG() async throws {
        try await TestServer.run { server async throws in
            let (head, poster) = try await RawClient.connect(port: server.port) { client in
                try await client.get("/v1/avatars/mira/poster")
            }
            #expect(head.contains("Content-Type: image/png"))
            #expect(poster.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        }
    }

    @Test(arguments: ["/v1/avatars/nobody/idle", "/v1/avatars/nobody/poster", "/v1/avatars/..%2Fmira/idle"])
    func anAvatarThatIsNotThereIsNotFound(path: String) async throws {
        try await TestServer.run { server async throws in
            let head = try await RawClient.connect(port: server.port) { try await $0.get(path).head }
            #expect(head.hasPrefix("HTTP/1.1 404"))
        }
    }
}
