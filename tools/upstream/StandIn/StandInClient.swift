internal import Foundation
internal import NIOCore
internal import NIOWebSocket
internal import Responders

/// One client of the stand-in: the shell around ``StandInSession``.
actor StandInClient {
    private let channel: NIOAsyncChannel<WebSocketFrame, WebSocketFrame>
    private let connection: Int
    private let wish: Wish
    private let state: StandInUpstream.State
    private var session: StandInSession
    private var outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>?
    private var answering: Task<Void, any Error>?
    private var message = ByteBuffer()

    /// The piece of an answer in whose place a fault happens.
    private static let faultyPiece = 4

    init(
        _ channel: NIOAsyncChannel<WebSocketFrame, WebSocketFrame>, connection: Int, wish: Wish,
        state: StandInUpstream.State
    ) {
        self.channel = channel
        self.connection = connection
        self.wish = wish
        self.state = state
        session = StandInSession(isBeta: state.isBeta)
    }

    /// Serves until the client goes.
    func serve() async throws {
        try await channel.executeThenClose { inbound, outbound in
            self.outbound = outbound
            defer { answering?.cancel() }
            if happens(.reject) {
                let problem = ["code": "invalid_api_key", "message": "Incorrect API key provided."]
                try await send(["type": "error", "event_id": "event_1", "error": problem])
                return try await write(.connectionClose, ByteBuffer(bytes: [0x0B, 0xB8]))
            }
            try await send(session.greeting)
            for try await frame in inbound {
                switch frame.opcode {
                case .text, .continuation:
                    var data = frame.unmaskedData
                    message.writeBuffer(&data)
                    if frame.fin { try await take() }
                case .ping: try await write(.pong, frame.unmaskedData)
                case .connectionClose: return
                default: break
                }
            }
        }
    }

    private func take() async throws {
        defer { message.clear() }
        guard var event = try JSONSerialization.jsonObject(with: Data(message.readableBytesView)) as? [String: Any]
        else { return }
        let type = event["type"] as? String ?? ""
        if type == "response.create", happens(.dropBefore) { return try await drop() }
        let actions = session.take(event)
        event["audio"] = nil
        let json = String(
            decoding: try JSONSerialization.data(withJSONObject: event, options: .sortedKeys), as: UTF8.self)
        state.keep(session.items, of: connection)
        state.note(.init(connection: connection, type: type, json: json))
        try await perform(actions)
    }

    private func perform(_ actions: [StandInSession.Action]) async throws {
        state.keep(session.items, of: connection)
        for action in actions {
            switch action {
            case .send(let event): try await send(event)
            case .answer(let answer): answering = Task { try await give(answer) }
            case .stopAnswering: answering?.cancel()
            }
        }
    }

    private func give(_ answer: StandInSession.Answer) async throws {
        try await perform(session.begin())
        if happens(.fail) { return try await perform(session.finish("failed")) }
        var count = 0
        if answer.function == nil {
            for try await piece in try pieces(of: answer) {
                try Task.checkCancellation()
                count += 1
                if count == Self.faultyPiece, try await misbehave() { return }
                try await perform(session.give(piece))
            }
        }
        try Task.checkCancellation()
        try await perform(session.finish("completed"))
    }

    private func pieces(
        of answer: StandInSession.Answer
    ) throws -> any AsyncSequence<ResponsePiece, any Error> & Sendable {
        if answer.isSpoken {
            let conversation = Conversation(
                turns: [Turn(speaker: .user, text: answer.text)], voice: VoiceCatalog.defaultVoice)
            return try SpeakResponder().respond(to: conversation)
        }
        return AsyncThrowingStream { pieces in
            for character in answer.text { pieces.yield(.transcript(String(character))) }
            pieces.finish()
        }
    }

    /// True if the answer ends here.
    private func misbehave() async throws -> Bool {
        if happens(.drop) {
            try await drop()
        } else if happens(.garbage) {
            try await write(.text, ByteBuffer(string: "{ this is no JSON"))
        } else if happens(.binary) {
            try await write(.binary, ByteBuffer(bytes: [1, 2, 3]))
        } else if !happens(.stall) {
            return false
        }
        return true
    }

    private func happens(_ fault: Fault) -> Bool { wish.fault == fault && wish.happens(state.faults) }

    private func drop() async throws { try await channel.channel.close() }

    private func send(_ event: StandInSession.JSON) async throws {
        let data = try JSONSerialization.data(withJSONObject: event, options: [.sortedKeys, .withoutEscapingSlashes])
        guard happens(.fragments), data.count < 10_000 else { return try await write(.text, ByteBuffer(bytes: data)) }
        // Seven bytes a frame: the characters of most languages are cut somewhere.
        for start in stride(from: 0, to: data.count, by: 7) {
            let piece = data[start..<min(start + 7, data.count)]
            try await write(
                start == 0 ? .text : .continuation, ByteBuffer(bytes: piece), isLast: start + 7 >= data.count)
        }
    }

    private func write(_ opcode: WebSocketOpcode, _ data: ByteBuffer, isLast: Bool = true) async throws {
        try await outbound?.write(WebSocketFrame(fin: isLast, opcode: opcode, data: data))
    }
}
