import NIOCore
import Testing

@testable import Server

/// What RFC 6455 asks of a server, over real sockets.
@Suite(.timeLimit(.minutes(10))) struct WebSocketProtocolTests {
    @Test func textAndBinaryMessagesArrive() async throws {
        try await TestEdge.run { edge in
            try await RawClient.webSocket(port: edge.port) { client in
                try await client.send(text: "grüß dich 你好")
                #expect(try await client.frame()?.text == "grüß dich 你好")
                try await client.send(RawClient.binary, [0, 255, 128])
                #expect(try await client.frame() == RawClient.Frame(opcode: RawClient.binary, payload: [0, 255, 128]))
            }
        }
    }

    @Test(arguments: [0, 125, 126, 65_535, 65_536, 1 << 20, 16 << 20])
    func messagesOfEverySizeArrive(size: Int) async throws {
        try await TestEdge.run { edge in
            try await RawClient.webSocket(port: edge.port) { client in
                let bytes = [UInt8](repeating: 7, count: size)
                try await client.send(RawClient.binary, bytes)
                #expect(try await client.frame()?.payload.count == size)
            }
        }
    }

    @Test func aBurstOfMessagesArrivesInItsOrder() async throws {
        try await TestEdge.run { edge in
            try await RawClient.webSocket(port: edge.port) { client in
                for number in 0..<500 { try await client.send(text: "\(number)") }
                for number in 0..<500 { #expect(try await client.frame()?.text == "\(number)") }
            }
        }
    }

    @Test func fragmentsAreJoinedAcrossAPing() async throws {
        try await TestEdge.run { edge in
            try await RawClient.webSocket(port: edge.port) { client in
                // The letter is cut in two: only the whole message must be UTF-8.
                let letter = Array("ü".utf8)
                try await client.send(RawClient.text, Array("gr".utf8) + letter[..<1], fin: false)
                try await client.send(RawClient.ping, [1, 2, 3])
                try await client.send(0, letter[1...] + Array("ß".utf8), fin: true)
                #expect(try await client.frame() == RawClient.Frame(opcode: 10, payload: [1, 2, 3]))
                #expect(try await client.frame()?.text == "grüß")
            }
        }
    }

    @Test func theSubprotocolIsAcceptedIfOffered() async throws {
        try await TestEdge.run { edge in
            try await RawClient.connect(port: edge.port) { client in
                let offer = "Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.x"
                let head = try await client.upgrade(path: "/ws", headers: [offer])
                #expect(head.lowercased().contains("sec-websocket-protocol: realtime"))
                #expect(head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "the accept key of RFC 6455, section 1.3")
            }
            try await RawClient.connect(port: edge.port) { client in
                let head = try await client.upgrade(path: "/ws")
                #expect(!head.lowercased().contains("sec-websocket-protocol"))
            }
        }
    }

    @Test(arguments: [
        ["GET /other HTTP/1.1", "Upgrade: websocket", "Sec-WebSocket-Version: 13"],
        ["GET /ws HTTP/1.1", "Upgrade: websocket", "Sec-WebSocket-Version: 8"],
        ["GET /ws HTTP/1.1", "Upgrade: h2c", "Sec-WebSocket-Version: 13"],
        ["POST /ws HTTP/1.1", "Upgrade: websocket", "Sec-WebSocket-Version: 13"],
    ])
    func aRequestThatIsNotUpgradedIsAnsweredInHTTP(lines: [String]) async throws {
        try await TestEdge.run { edge in
            try await RawClient.connect(port: edge.port) { client in
                let key = ["Host: test", "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
                try await client.send(Array(((lines + key).joined(separator: "\r\n") + "\r\n\r\n").utf8))
                #expect(try await client.head().hasPrefix("HTTP/1.1 404"), "the test's router has no such page")
            }
        }
    }

    @Test func theCloseHandshakeEchoesTheCode() async throws {
        try await TestEdge.run { edge in
            try await RawClient.webSocket(port: edge.port) { client in
                try await client.send(RawClient.close, [0x0B, 0xB8])  // 3000
                #expect(try await client.frame()?.closeCode == 3000)
                #expect(try await client.frame() == nil)
            }
        }
    }

    @Test(arguments: Violation.all)
    func aViolationClosesOnlyItsOwnConnection(violation: Violation) async throws {
        var limits = ConnectionLimits()
        // So that the client finds the close frame, however slowly it gets its megabytes out.
        limits.webSocket.closeTimeout = .seconds(60)
        try await TestEdge.run(limits: limits) { edge in
            try await RawClient.webSocket(port: edge.port) { other in
                try await other.send(text: "before")
                #expect(try await other.frame()?.text == "before")
                try await RawClient.webSocket(port: edge.port) { client in
                    try await violation.commit(client)
                    #expect(try await client.closeCode() == violation.code, "\(violation)")
                }
                try await other.send(text: "after")
                #expect(try await other.frame()?.text == "after")
            }
        }
    }

    @Test func aClientThatLeavesWithoutAWordIsForgotten() async throws {
        let limits = ConnectionLimits()
        try await TestEdge.run(limits: limits) { edge in
            for _ in 0..<10 {
                try await RawClient.webSocket(port: edge.port) { client in try await client.send(text: "hello") }
            }
        }  // Shutting down waits for every connection: it returns only if none hangs.
    }

    @Test func aClientThatAnswersNoPingIsDisconnected() async throws {
        var limits = ConnectionLimits()
        limits.webSocket.pingInterval = .milliseconds(50)
        try await TestEdge.run(limits: limits) { edge in
            try await RawClient.webSocket(port: edge.port) { client in
                var pings = 0
                while let frame = try await client.anyFrame() {
                    #expect(frame.opcode == RawClient.ping)
                    pings += 1
                }
                #expect(pings == 1)
            }
        }
    }
}

/// A way to break the protocol.
struct Violation: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// The close code that it must be answered with.
    let code: UInt16
    let commit: @Sendable (RawClient) async throws -> Void

    static let all: [Violation] = [
        Violation(testDescription: "a frame of 17 MiB", code: 1009) { client in
            try await client.send(RawClient.binary, [], length: 17 << 20)
            let piece = [UInt8](repeating: 0, count: 1 << 20)
            for _ in 0..<17 { try? await client.send(piece) }
        },
        Violation(testDescription: "fragments of 17 MiB in all", code: 1009) { client in
            let piece = [UInt8](repeating: 0, count: 1 << 20)
            try await client.send(RawClient.binary, piece, fin: false)
            // The server need not wait for the rest once it has seen too much.
            for _ in 1..<17 { try? await client.send(0, piece, fin: false) }
        },
        Violation(testDescription: "a claimed length of 2^63 bytes", code: 1009) { client in
            try await client.send([0x82, 0xFF] + [0x80, 0, 0, 0, 0, 0, 0, 0] + [1, 2, 3, 4])
        },
        Violation(testDescription: "an unmasked frame", code: 1002) { client in
            try await client.send(RawClient.text, Array("hi".utf8), masked: false)
        },
        Violation(testDescription: "text that is not UTF-8", code: 1007) { client in
            try await client.send(RawClient.text, [0x68, 0xC3, 0x28])
        },
        Violation(testDescription: "text that ends inside a letter", code: 1007) { client in
            try await client.send(RawClient.text, [0x68, 0xC3])
        },
        Violation(testDescription: "a reserved bit", code: 1002) { client in
            try await client.send(RawClient.text, [0x68], reserved: 4)
        },
        Violation(testDescription: "a reserved opcode", code: 1002) { client in
            try await client.send(3, [])
        },
        Violation(testDescription: "a reserved control opcode", code: 1002) { client in
            try await client.send(11, [])
        },
        Violation(testDescription: "a continuation of nothing", code: 1002) { client in
            try await client.send(0, [0x68])
        },
        Violation(testDescription: "a message inside a fragmented one", code: 1002) { client in
            try await client.send(RawClient.text, [0x68], fin: false)
            try await client.send(RawClient.text, [0x68])
        },
        Violation(testDescription: "a fragmented ping", code: 1002) { client in
            try await client.send(RawClient.ping, [], fin: false)
        },
        Violation(testDescription: "a ping of 126 bytes", code: 1002) { client in
            try await client.send(RawClient.ping, [UInt8](repeating: 0, count: 126))
        },
        Violation(testDescription: "a close frame with one byte", code: 1002) { client in
            try await client.send(RawClient.close, [3])
        },
        Violation(testDescription: "a close frame with code 1005", code: 1002) { client in
            try await client.send(RawClient.close, [0x03, 0xED])
        },
        Violation(testDescription: "a close reason that is not UTF-8", code: 1007) { client in
            try await client.send(RawClient.close, [0x03, 0xE8, 0xC3])
        },
    ]
}
