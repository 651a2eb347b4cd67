import Testing

@testable import Server

/// `limits.sessions`, whoever comes and however they leave.
@Suite(.timeLimit(.minutes(10))) struct SessionLimitTests {
    private static let limit = 4

    private func run(_ body: @Sendable (TestServer) async throws -> Void) async throws {
        var settings = ServerSettings()
        settings.maximumSessions = Self.limit
        try await TestServer.run(settings, body)
    }

    @Test func ofAllWhoComeAtOnceOnlyAsManyAsThereIsRoomForAreLetIn() async throws {
        let clients = 60
        try await run { server in
            let statuses = await withTaskGroup { group in
                let (answers, answered) = AsyncStream.makeStream(of: String.self)
                for _ in 0..<clients {
                    group.addTask {
                        do {
                            try await RawClient.connect(port: server.port) { client in
                                answered.yield(String(try await client.upgrade(path: "/v1/realtime").prefix(12)))
                                // Until all have their answer, nobody leaves.
                                try await Task.sleep(for: .seconds(60))
                            }
                        } catch {
                            answered.yield("\(error)")
                        }
                    }
                }
                var statuses: [String: Int] = [:]
                for await status in answers.prefix(clients) { statuses[status, default: 0] += 1 }
                #expect(server.server.sessions == Self.limit)
                group.cancelAll()
                return statuses
            }
            #expect(statuses == ["HTTP/1.1 101": Self.limit, "HTTP/1.1 503": clients - Self.limit])
            try await server.waitUntilEmpty()
            #expect(server.server.sessions == 0)
        }
    }

    @Test func whoVanishesDuringTheHandshakeKeepsNoPlace() async throws {
        try await run { server in
            for turn in 0..<40 {
                try await RawClient.connect(port: server.port) { client in
                    try await client.requestUpgrade(path: "/v1/realtime")
                    if turn.isMultiple(of: 2) { _ = try await client.head() }
                }
            }
            try await server.waitUntilEmpty()
            #expect(server.server.sessions == 0)
            try await RawClient.session(port: server.port) { _ in
                #expect(server.server.sessions == 1)
            }
        }
    }

    @Test(arguments: ["Content-Length: 5", "Transfer-Encoding: chunked"])
    func aHandshakeThatWaitsForABodyTakesNoPlace(header: String) async throws {
        try await run { server in
            try await RawClient.connect(port: server.port) { client in
                let head = try await client.upgrade(path: "/v1/realtime", headers: [header])
                #expect(head.hasPrefix("HTTP/1.1 426"), "\(head)")
                #expect(server.server.sessions == 0)
            }
        }
    }

    @Test func aPlaceIsTakenOnceAndGivenBackOnce() throws {
        let readiness = Readiness()
        #expect(throws: Readiness.Refusal.starting) { try readiness.takePlace(among: 2) }
        readiness.ready()
        var places = [try readiness.takePlace(among: 2), try readiness.takePlace(among: 2)]
        #expect(throws: Readiness.Refusal.full) { try readiness.takePlace(among: 2) }
        places.removeLast()
        #expect(readiness.sessions == 1)
        readiness.drain()
        #expect(throws: Readiness.Refusal.draining) { try readiness.takePlace(among: 2) }
        places.removeAll()
        #expect(readiness.sessions == 0)
    }
}
