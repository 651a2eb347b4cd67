import ServiceLifecycle
import Testing

@testable import Server

/// The whole server over real sockets.
@Suite(.timeLimit(.minutes(10))) struct RealtimeServerTests {
    private static let hello = #"""
        {"type":"conversation.item.create","item":{"type":"message","role":"user",\#
        "content":[{"type":"input_text","text":"Hello, here I am."}]}}
        """#
    private static let createResponse = #"{"type":"response.create"}"#

    @Test func whatIsTypedIsSpokenInSoundAndPicture() async throws {
        try await TestServer.run { server in
            try await RawClient.session(port: server.port) { client in
                try await client.send(text: Self.hello)
                try await client.send(text: Self.createResponse)
                try await client.event("response.created")
                let frame = try await client.event("response.output_video.delta")
                #expect(frame.contains(#""frame":0,"pts_ms":0,"#) && frame.contains(#""keyframe":true"#))
                let done = try await client.event("response.done")
                #expect(done.contains(#""status":"completed""#))
            }
        }
    }

    @Test(arguments: [
        ("?avatar=nobody", "HTTP/1.1 404", "avatar"), ("?avatar=../mira", "HTTP/1.1 404", "avatar"),
        ("?voice=nobody", "HTTP/1.1 404", "voice"),
    ])
    func whoAsksForWhatDoesNotExistIsToldBeforeTheUpgrade(query: String, status: String, parameter: String) async throws
    {
        try await TestServer.run { server in
            try await RawClient.connect(port: server.port) { client in
                try await client.requestUpgrade(path: "/v1/realtime\(query)")
                let (head, body) = try await client.response()
                #expect(head.hasPrefix(status), "\(head)")
                #expect(String(decoding: body, as: UTF8.self).contains(#""param":"\#(parameter)""#))
            }
        }
    }

    @Test func theChosenVoiceAndAvatarAreTheSessions() async throws {
        try await TestServer.run { server in
            try await RawClient.webSocket(port: server.port, path: "/v1/realtime?avatar=mira&voice=rms&video=base64") {
                client in
                let created = try await client.event("session.created")
                #expect(created.contains(#""voice":"rms""#) && created.contains(#""id":"mira""#))
            }
        }
    }

    @Test func moreSessionsThanAllowedAreRefusedUntilOneLeaves() async throws {
        var settings = ServerSettings()
        settings.maximumSessions = 1
        try await TestServer.run(settings) { server in
            try await RawClient.session(port: server.port) { _ in
                try await RawClient.connect(port: server.port) { client in
                    let head = try await client.upgrade(path: "/v1/realtime")
                    #expect(head.hasPrefix("HTTP/1.1 503"), "\(head)")
                }
            }
            try await server.waitUntilEmpty()
            try await RawClient.session(port: server.port) { _ in }
        }
    }

    @Test(arguments: BadMessage.all)
    func aBadMessageIsAnErrorAndTheSessionsGoOn(message: BadMessage) async throws {
        try await TestServer.run { server in
            try await RawClient.session(port: server.port) { other in
                try await RawClient.session(port: server.port) { client in
                    try await client.send(message.opcode, message.bytes)
                    let error = try await client.event("error")
                    #expect(error.contains(message.expected), "\(error)")
                    try await client.send(text: Self.hello)
                    try await client.send(text: Self.createResponse)
                    try await client.event("response.done")
                }
                try await other.send(text: #"{"type":"input_audio_buffer.clear"}"#)
                try await other.event("input_audio_buffer.cleared")
            }
        }
    }

    @Test(arguments: Violation.all)
    func aViolationDoesNotDisturbANeighboursUtterance(violation: Violation) async throws {
        try await TestServer.run { server in
            try await RawClient.session(port: server.port) { neighbour in
                try await neighbour.send(text: Self.hello)
                try await neighbour.send(text: Self.createResponse)
                try await neighbour.event("response.output_audio.delta")
                try await RawClient.session(port: server.port) { client in
                    // The server may be gone, rightly, before the last of the megabytes is out.
                    try? await violation.commit(client)
                }
                let done = try await neighbour.event("response.done")
                #expect(done.contains(#""status":"completed""#))
            }
            try await server.waitUntilEmpty()
        }
    }

    @Test func twoHundredComeAndGo() async throws {
        try await TestServer.run { server in
            try await withThrowingTaskGroup { group in
                for worker in 0..<10 {
                    group.addTask {
                        for turn in 0..<20 {
                            try await RawClient.session(port: server.port) { client in
                                // Some leave at once, some in the middle of an utterance, some after a word.
                                if (worker + turn) % 3 == 0 { return }
                                try await client.send(text: Self.hello)
                                try await client.send(text: Self.createResponse)
                                if (worker + turn) % 3 == 1 { try await client.event("response.output_video.delta") }
                                if turn % 2 == 0 { try await client.send(RawClient.close, [0x03, 0xE8]) }
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await server.waitUntilEmpty()
            // There is room for as many again.
            try await RawClient.session(port: server.port) { _ in }
        }
    }

    @Test func anUtteranceFinishesBeforeTheServerStops() async throws {
        var settings = ServerSettings()
        // Beside hundreds of other tests, a second of speech may take longer than a server usually waits.
        settings.drainSeconds = 300
        try await TestServer.run(settings) { server in
            try await RawClient.session(port: server.port) { client in
                try await client.send(text: Self.hello)
                try await client.send(text: Self.createResponse)
                try await client.event("response.output_audio.delta")
                await server.services.triggerGracefulShutdown()
                let done = try await client.event("response.done")
                #expect(done.contains(#""status":"completed""#))
                #expect(try await client.closeCode() == 1001)
            }
        }
    }

    @Test func aSilentSessionDoesNotHoldUpTheShutdown() async throws {
        try await TestServer.run { server in
            try await RawClient.session(port: server.port) { client async throws in
                await server.services.triggerGracefulShutdown()
                #expect(try await client.closeCode() == 1001)
            }
        }
    }

    @Test func anUtteranceThatTakesTooLongIsCutShort() async throws {
        var settings = ServerSettings()
        settings.drainSeconds = 0.2
        try await TestServer.run(settings) { server in
            try await RawClient.session(port: server.port) { client in
                try await client.send(
                    text: Self.hello.replacing("here I am", with: String(repeating: "well ", count: 60)))
                try await client.send(text: Self.createResponse)
                try await client.event("response.output_audio.delta")
                await server.services.triggerGracefulShutdown()
                #expect(try await client.closeCode() == 1001)
            }
        }
    }

    @Test func aPortInUseIsAnErrorThatSaysSo() async throws {
        try await TestEdge.run { edge in
            var settings = ServerSettings()
            settings.port = edge.port
            let second = try VisavisServer(
                settings: settings, stage: Stage(defaultAvatar: "none"), logger: TestServer.silent)
            await #expect(throws: ListenError.portInUse(host: "127.0.0.1", port: edge.port)) {
                try await second.run()
            }
        }
    }

    @Test func anAddressOfAnotherMachineIsAnErrorThatSaysSo() async throws {
        var settings = ServerSettings()
        settings.host = "192.0.2.1"  // For documentation (RFC 5737): nobody's.
        let server = try VisavisServer(
            settings: settings, stage: Stage(defaultAvatar: "none"), logger: TestServer.silent)
        let error = await #expect(throws: ListenError.self) { try await server.run() }
        #expect(error?.description.contains("192.0.2.1") == true)
    }

    @Test(arguments: ["responder", "voice"])
    func settingsThatNameNothingAreErrors(name: String) async throws {
        let settings = try ServerSettings(flags: [name: "nonsense"], environment: [:], file: nil)
        let error = await #expect(throws: StageError.self) {
            let stage = try await Stage.load(settings, logger: TestServer.silent)
            _ = try VisavisServer(settings: settings, stage: stage, logger: TestServer.silent)
        }
        #expect(error?.description.contains("nonsense") == true)
    }
}

/// A message that a session must answer with an error, and survive.
struct BadMessage: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let opcode: UInt8
    let bytes: [UInt8]
    /// What must stand in the error.
    let expected: String

    private init(_ description: String, text: String, expected: String) {
        testDescription = description
        opcode = RawClient.text
        bytes = Array(text.utf8)
        self.expected = expected
    }

    private init(_ description: String, binary: [UInt8], expected: String) {
        testDescription = description
        opcode = RawClient.binary
        bytes = binary
        self.expected = expected
    }

    static let all = [
        BadMessage("no JSON", text: #"{"type":"session.upd"#, expected: "JSON"),
        BadMessage("JSON that is no object", text: "[1,2]", expected: "error"),
        BadMessage("an unknown event", text: #"{"type":"session.destroy"}"#, expected: #""param":"type""#),
        BadMessage("no type", text: #"{"event_id":"e1"}"#, expected: "type"),
        BadMessage("a missing field", text: #"{"type":"input_audio_buffer.append"}"#, expected: "audio"),
        BadMessage("bad base64", text: #"{"type":"input_audio_buffer.append","audio":"?!"}"#, expected: "base64"),
        BadMessage("half a sample", text: #"{"type":"input_audio_buffer.append","audio":"AAAA"}"#, expected: "audio"),
        BadMessage("text for sound", text: #"{"type":"input_audio_buffer.append","audio":17}"#, expected: "audio"),
        BadMessage("an empty binary message", binary: [], expected: "error"),
        BadMessage(
            "a binary message of another version", binary: [9] + [UInt8](repeating: 0, count: 30), expected: "9"),
        BadMessage("half a sample in binary", binary: [1, 1] + [UInt8](repeating: 0, count: 19), expected: "error"),
        BadMessage("text in a binary message", binary: Array(#"{"type":"response.create"}"#.utf8), expected: "error"),
    ]
}
