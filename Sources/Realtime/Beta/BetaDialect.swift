internal import JSON

/// The names and shapes that OpenAI's Realtime protocol had before it was generally available, for clients that send
/// `OpenAI-Beta: realtime=v1`. It stands at the rim: a session knows today's protocol alone.
public enum BetaDialect {
    /// The value of the header `OpenAI-Beta`, and what ends the subprotocol by which browsers say the same.
    public static let name = "realtime=v1"
    /// The subprotocol by which browsers, which cannot send headers, ask for it.
    public static let subprotocol = "openai-beta.realtime-v1"

    private static let startOfAudioDelta = Array(#"{"type":"response.output_audio.delta""#.utf8)
    private static let startOfEarlierAudioDelta = Array(#"{"type":"response.audio.delta""#.utf8)
    /// How far into a message its type is looked for: sound makes messages long, and they are the same in both.
    private static let head = 256
    private static let buffer = Array("\"input_audio_buffer.".utf8)

    /// What a client says, in today's words. What is no JSON stays as it is: the session says what is wrong.
    public static func current(_ text: [UInt8]) -> [UInt8] {
        guard text.prefix(head).firstRange(of: buffer) == nil, let event = JSONValue(json: text) else { return text }
        return BetaClientEvent.current(event)?.json ?? text
    }

    /// What a client is told, in its words; nil if there was no such event.
    static func earlier(_ message: OutboundMessage) -> OutboundMessage? {
        guard !message.isBinary else { return message }
        var earlier = message
        if message.bytes.starts(with: startOfAudioDelta) {
            earlier.bytes = startOfEarlierAudioDelta + message.bytes.dropFirst(startOfAudioDelta.count)
        } else if message.kind == .event {
            guard let event = JSONValue(json: message.bytes) else { return message }
            guard let translated = BetaServerEvent.earlier(event) else { return nil }
            earlier.bytes = translated.json
        }
        return earlier
    }
}

/// Puts what a session says into the words of earlier clients.
public struct BetaOutbox: Outbox {
    private let outbox: any Outbox

    /// - Parameter outbox: where the translated messages go.
    public init(_ outbox: any Outbox) { self.outbox = outbox }

    /// Takes a message for the client.
    public func send(_ message: OutboundMessage) -> SendOutcome {
        BetaDialect.earlier(message).map(outbox.send) ?? .queued
    }
}
