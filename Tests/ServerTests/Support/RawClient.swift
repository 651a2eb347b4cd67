import NIOCore
import NIOPosix

/// A WebSocket client that builds its frames by hand, so that it can break every rule.
final class RawClient {
    /// A frame as the server sent it.
    struct Frame: Equatable {
        var opcode: UInt8
        var payload: [UInt8]

        var text: String { String(decoding: payload, as: UTF8.self) }
        /// The status code, if it is a close frame that has one.
        var closeCode: UInt16? {
            opcode == 8 && payload.count >= 2 ? UInt16(payload[0]) << 8 | UInt16(payload[1]) : nil
        }
    }

    static let text: UInt8 = 1
    static let binary: UInt8 = 2
    static let close: UInt8 = 8
    static let ping: UInt8 = 9

    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var received = ByteBuffer()
    let channel: any Channel

    private init(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>, _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
        _ channel: any Channel
    ) {
        self.inbound = inbound.makeAsyncIterator()
        self.outbound = outbound
        self.channel = channel
    }

    /// Connects without a word, lends the connection to `body`, and closes it.
    static func connect<Result: Sendable>(
        port: Int, receiveBuffer: Int32? = nil, _ body: (RawClient) async throws -> Result
    ) async throws -> Result {
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        if let receiveBuffer {
            bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: .init(receiveBuffer))
        }
        let channel = try await bootstrap.connect(host: "127.0.0.1", port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
        return try await channel.executeThenClose { inbound, outbound in
            try await body(RawClient(inbound, outbound, channel.channel))
        }
    }

    /// Connects and upgrades.
    static func webSocket<Result: Sendable>(
        port: Int, path: String = "/ws", headers: [String] = [], receiveBuffer: Int32? = nil,
        _ body: (RawClient) async throws -> Result
    ) async throws -> Result {
        try await connect(port: port, receiveBuffer: receiveBuffer) { client in
            let head = try await client.upgrade(path: path, headers: headers)
            guard head.hasPrefix("HTTP/1.1 101 ") else { throw UpgradeRefused(head: head) }
            return try await body(client)
        }
    }

    struct UpgradeRefused: Error { let head: String }

    /// Asks for the upgrade; returns the head of the answer.
    func upgrade(path: String, headers: [String] = []) async throws -> String {
        try await requestUpgrade(path: path, headers: headers)
        return try await head()
    }

    /// Asks for the upgrade.
    func requestUpgrade(path: String, headers: [String] = []) async throws {
        let lines =
            [
                "GET \(path) HTTP/1.1", "Host: test", "Upgrade: websocket", "Connection: Upgrade",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
            ] + headers
        try await send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8))
    }

    /// Reads up to the empty line after an HTTP head.
    func head() async throws -> String {
        while true {
            let text = String(decoding: received.readableBytesView, as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n") {
                let head = String(text[..<end.lowerBound])
                received.moveReaderIndex(forwardBy: head.utf8.count + 4)
                return head
            }
            guard try await readMore() else { return text }
        }
    }

    /// Reads `count` bytes of a body, or what there is of them.
    func bytes(_ count: Int) async throws -> [UInt8] {
        while received.readableBytes < count {
            guard try await readMore() else { break }
        }
        return received.readBytes(length: min(count, received.readableBytes)) ?? []
    }

    /// Reads `count` bytes of a body as text.
    func body(_ count: Int) async throws -> String {
        String(decoding: try await bytes(count), as: UTF8.self)
    }

    /// Writes bytes as they are.
    func send(_ bytes: [UInt8]) async throws {
        try await outbound.write(ByteBuffer(bytes: bytes))
    }

    /// Writes a frame.
    /// - Parameter length: the length to claim, where it is not that of `payload`.
    func send(
        _ opcode: UInt8, _ payload: [UInt8], fin: Bool = true, masked: Bool = true, reserved: UInt8 = 0,
        length: Int? = nil
    ) async throws {
        // Large payloads get a mask of zeros, which changes nothing: masking megabytes in a debug build takes seconds.
        let isLarge = payload.count > 65_536
        let mask: [UInt8] = isLarge ? [0, 0, 0, 0] : [0x12, 0x34, 0x56, 0x78]
        var frame: [UInt8] = [(fin ? 0x80 : 0) | reserved << 4 | opcode]
        let length = length ?? payload.count
        let maskBit: UInt8 = masked ? 0x80 : 0
        switch length {
        case 0..<126: frame.append(maskBit | UInt8(length))
        case 126..<65_536: frame += [maskBit | 126, UInt8(length >> 8), UInt8(length & 0xFF)]
        default: frame += [maskBit | 127] + (0..<8).map { UInt8(truncatingIfNeeded: length >> ((7 - $0) * 8)) }
        }
        if masked { frame += mask }
        frame += masked && !isLarge ? payload.enumerated().map { $1 ^ mask[$0 % 4] } : payload
        try await send(frame)
    }

    /// Writes a text message.
    func send(text: String) async throws {
        try await send(Self.text, Array(text.utf8))
    }

    /// Asks for a path, and reads the response.
    func get(_ path: String) async throws -> (head: String, body: [UInt8]) {
        try await send(Array("GET \(path) HTTP/1.1\r\nHost: test\r\n\r\n".utf8))
        return try await response()
    }

    /// Reads an HTTP response that has a length.
    func response() async throws -> (head: String, body: [UInt8]) {
        let head = try await head()
        let field = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length: ") }
        let length = field.flatMap { Int($0.dropFirst("content-length: ".count)) } ?? 0
        return (head, try await bytes(length))
    }

    /// The next frame that is no ping; nil at the end of the connection.
    func frame() async throws -> Frame? {
        while let frame = try await anyFrame() {
            if frame.opcode != Self.ping { return frame }
        }
        return nil
    }

    /// The next frame; nil at the end of the connection.
    func anyFrame() async throws -> Frame? {
        while true {
            if let frame = parse() { return frame }
            guard try await readMore() else { return nil }
        }
    }

    /// The code with which the server closed: the frames before are skipped.
    func closeCode() async throws -> UInt16? {
        while let frame = try await frame() {
            if frame.opcode == Self.close { return frame.closeCode }
        }
        return nil
    }

    private func readMore() async throws -> Bool {
        do {
            guard var more = try await inbound.next(isolation: #isolation) else { return false }
            received.discardReadBytes()
            received.writeBuffer(&more)
            return true
        } catch is IOError {
            return false  // Reset by the server: the connection is over.
        }
    }

    private func parse() -> Frame? {
        let start = received.readerIndex
        guard let first = received.getInteger(at: start, as: UInt8.self),
            let short = received.getInteger(at: start + 1, as: UInt8.self)
        else { return nil }
        var header = 2
        var length = Int(short)
        if short == 126 {
            guard let value = received.getInteger(at: start + 2, as: UInt16.self) else { return nil }
            (header, length) = (4, Int(value))
        } else if short == 127 {
            guard let value = received.getInteger(at: start + 2, as: UInt64.self) else { return nil }
            (header, length) = (10, Int(value))
        }
        guard let payload = received.getBytes(at: start + header, length: length) else { return nil }
        received.moveReaderIndex(forwardBy: header + length)
        return Frame(opcode: first & 0x0F, payload: payload)
    }
}
