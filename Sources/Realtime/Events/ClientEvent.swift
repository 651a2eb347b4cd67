internal import Foundation

/// An event that the client sends.
enum ClientEvent: Sendable, Equatable {
    case updateSession(SessionUpdate)
    /// At the rate of the format that the session takes.
    case appendAudio([Int16])
    case commitAudio
    case clearAudio
    /// `after` is the item to insert behind, `root` for the beginning, `nil` for the end.
    case createItem(ConversationItem, after: String?)
    case truncateItem(id: String, audioEndMs: Int)
    case deleteItem(id: String)
    case retrieveItem(id: String)
    case createResponse(ResponseParameters)
    /// `nil` for whichever is active.
    case cancelResponse(id: String?)
    /// What has been sent of the avatar's speech is not to be played any further.
    case clearOutputAudio
    /// The client shows this frame of the idle clip now.
    case videoPosition(frame: Int)
    /// How far picture and sound of some frames were apart when they were shown, in milliseconds.
    case videoReport(skewMs: [Double])
    /// The client showed the first frame of a response, so long before it said so.
    case videoShown(responseID: String, ago: Duration)
}

/// A client event with the name that the client gave it.
struct ClientMessage: Sendable, Equatable {
    var eventID: String?
    var event: ClientEvent

    /// Reads one text message.
    /// - Parameter format: of the sound in it.
    /// - Throws: ``ClientMessageError``: what is wrong, and the `event_id` of the event if it could be read.
    static func parse(_ text: [UInt8], sound format: AudioFormat = .pcm) throws(ClientMessageError) -> ClientMessage {
        guard (try? UTF8Span(validating: text.span)) != nil else {
            throw ClientMessageError(
                error: EventError(
                    code: .invalidUTF8,
                    message: "The text message (\(text.count) bytes) is not UTF-8. Send JSON as UTF-8."))
        }
        return try text.withUnsafeBytes { decode($0, format) }.get()
    }

    private static func decode(
        _ text: UnsafeRawBufferPointer, _ format: AudioFormat
    ) -> Result<ClientMessage, ClientMessageError> {
        // It is read where it lies: sound makes messages long. The decoder only reads, so it may be called mutable.
        let data = text.baseAddress.map {
            Data(bytesNoCopy: UnsafeMutableRawPointer(mutating: $0), count: text.count, deallocator: .none)
        }
        let decoder = JSONDecoder()
        if let key = CodingUserInfoKey.audioFormat { decoder.userInfo[key] = format }
        do {
            return .success(try decoder.decode(ClientMessage.self, from: data ?? Data()))
        } catch {
            let eventID = try? JSONDecoder().decode(EventIDProbe.self, from: data ?? Data()).eventID
            return .failure(ClientMessageError(error: EventError(decoding: error), eventID: eventID))
        }
    }

    private struct EventIDProbe: Decodable {
        var eventID: String?

        private enum CodingKeys: String, CodingKey {
            case eventID = "event_id"
        }

        init(from decoder: any Decoder) throws {
            eventID = try decoder.container(keyedBy: CodingKeys.self).decodeEventID(forKey: .eventID)
        }
    }
}

/// Why a message could not be read.
struct ClientMessageError: Error, Equatable {
    var error: EventError
    /// The client's name for the event, if it could be read.
    var eventID: String?
}

extension ClientMessage: Decodable {
    private enum CodingKeys: String, CodingKey {
        case type, audio, item, session, response, frame
        case eventID = "event_id"
        case itemID = "item_id"
        case previousItemID = "previous_item_id"
        case responseID = "response_id"
        case contentIndex = "content_index"
        case audioEndMs = "audio_end_ms"
        case skewMs = "skew_ms"
        case agoMs = "ago_ms"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let type = try container.decode(String.self, forKey: .type)
        eventID = try container.decodeEventID(forKey: .eventID)
        event =
            switch type {
            case "session.update": .updateSession(try container.decode(SessionUpdate.self, forKey: .session))
            case "input_audio_buffer.append":
                .appendAudio(try container.decodeSound(as: decoder.audioFormat, forKey: .audio))
            case "input_audio_buffer.commit": .commitAudio
            case "input_audio_buffer.clear": .clearAudio
            case "conversation.item.create":
                .createItem(
                    try container.decode(ConversationItem.self, forKey: .item),
                    after: try container.decodeIfPresent(String.self, forKey: .previousItemID))
            case "conversation.item.truncate": try Self.truncation(container)
            case "conversation.item.delete": .deleteItem(id: try container.decode(String.self, forKey: .itemID))
            case "conversation.item.retrieve": .retrieveItem(id: try container.decode(String.self, forKey: .itemID))
            case "response.create":
                .createResponse(try container.decodeIfPresent(ResponseParameters.self, forKey: .response) ?? .init())
            case "response.cancel":
                .cancelResponse(id: try container.decodeIfPresent(String.self, forKey: .responseID))
            case "output_audio_buffer.clear": .clearOutputAudio
            case "video.position":
                .videoPosition(frame: try container.decodeInteger(in: 0...Int(UInt32.max), forKey: .frame))
            case "video.report": .videoReport(skewMs: try container.decodeSkews(forKey: .skewMs))
            case "video.shown":
                .videoShown(
                    responseID: try container.decode(String.self, forKey: .responseID),
                    ago: .microseconds(
                        Int(try container.decodeNumber(in: -1000...60_000, forKey: .agoMs) * 1000)))
            default:
                throw EventError(
                    code: .unknownEvent,
                    message: "There is no client event \(type.quotedForMessage). "
                        + "The events that this server understands are listed in docs/protocol.md.",
                    param: "type")
            }
    }

    private static func truncation(_ container: KeyedDecodingContainer<CodingKeys>) throws -> ClientEvent {
        _ = try container.decodeInteger(in: 0...0, forKey: .contentIndex)
        return .truncateItem(
            id: try container.decode(String.self, forKey: .itemID),
            audioEndMs: try container.decodeInteger(in: 0...Int(Int32.max), forKey: .audioEndMs))
    }
}
