internal import Foundation

/// An event that the server sends, without the deltas of sound and picture, which are written by hand.
///
/// A conforming type holds the fields beside `type` and `event_id`. Names are those of OpenAI's Realtime protocol
/// (GA); the encoder turns camel case into snake case.
protocol ServerEvent: Encodable, Sendable {
    /// The event's name on the wire.
    static var type: String { get }
}

extension ServerEvent {
    /// The event as a message, with a fresh `event_id`.
    func message() -> OutboundMessage {
        OutboundMessage(kind: .event, isBinary: false, bytes: encoded(eventID: Identifier.event()))
    }

    /// The event as JSON.
    func encoded(eventID: String) -> [UInt8] {
        do {
            return try [UInt8](serverEventEncoder.encode(Enveloped(eventID: eventID, event: self)))
        } catch {
            // Only a number that is not finite could make it fail, and the encoder writes those as text.
            preconditionFailure("\(Self.type) cannot be written as JSON: \(error)")
        }
    }
}

/// Adds what every event has.
private struct Enveloped<Event: ServerEvent>: Encodable {
    var eventID: String
    var event: Event

    private enum CodingKeys: String, CodingKey {
        case type, eventID
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Event.type, forKey: .type)
        try container.encode(eventID, forKey: .eventID)
        try event.encode(to: encoder)
    }
}

private let serverEventEncoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
}()
