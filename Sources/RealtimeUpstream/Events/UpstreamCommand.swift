internal import Foundation
internal import JSON
internal import Responders

/// An event for the upstream.
enum UpstreamCommand: Sendable, Equatable {
    /// What holds for all answers; turns are found here, and never by the upstream.
    case configure(Conversation)
    case appendAudio([Int16])
    case commitAudio(eventID: String)
    case clearAudio
    /// `after` is the item to insert behind, `root` for the beginning, nil for the end.
    case createItem(ConversationEntry, id: String, after: String?)
    case deleteItem(id: String)
    case truncateItem(id: String, contentIndex: Int, milliseconds: Int)
    case createResponse(ResponseOrder)
    /// nil for whichever is active.
    case cancelResponse(id: String?)
}

/// What is asked of the upstream for one answer, as far as it is not what holds for all.
struct ResponseOrder: Sendable, Equatable {
    /// A part of what is to be answered.
    enum Input: Sendable, Equatable {
        /// An item that the upstream has.
        case reference(id: String)
        case entry(ConversationEntry)
    }

    /// Our name for the event, by which an error refers to it.
    var eventID: String
    var instructions: String?
    var voice: String?
    var tools: [Tool]?
    var toolChoice: ToolChoice?
    var output: Conversation.Output?
    var maximumTokens: Int?
    /// What to answer; nil for the conversation.
    var input: [Input]?
    var isOutOfBand: Bool

    /// - Parameters:
    ///   - configuration: what holds for all answers.
    ///   - input: what to answer, if it is not the conversation.
    init(_ request: ResponseRequest, configuration: Conversation, input: [Input]?, eventID: String) {
        let wanted = request.conversation
        self.eventID = eventID
        instructions = wanted.instructions == configuration.instructions ? nil : wanted.instructions
        voice = wanted.voice == configuration.voice ? nil : wanted.voice
        tools = wanted.tools == configuration.tools ? nil : wanted.tools
        toolChoice = wanted.toolChoice == configuration.toolChoice ? nil : wanted.toolChoice
        output = wanted.output == configuration.output ? nil : wanted.output
        maximumTokens = wanted.maximumTokens == configuration.maximumTokens ? nil : wanted.maximumTokens
        self.input = input
        isOutOfBand = request.isOutOfBand
    }
}

extension UpstreamCommand {
    /// The text message that says it to an upstream with these settings.
    func message(_ settings: UpstreamSettings) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(json(settings)))
    }

    /// The event as JSON.
    func json(_ settings: UpstreamSettings) -> JSONValue {
        switch self {
        case .configure(let configuration):
            ["type": "session.update", "session": settings.session(configuration)]
        case .appendAudio(let samples): ["type": "input_audio_buffer.append", "audio": .audio(samples)]
        case .commitAudio(let eventID): ["type": "input_audio_buffer.commit", "event_id": .text(eventID)]
        case .clearAudio: ["type": "input_audio_buffer.clear"]
        case .createItem(let entry, let id, let after):
            .members([
                "type": "conversation.item.create", "previous_item_id": after.map(JSONValue.text),
                "item": settings.item(entry, id: id),
            ])
        case .deleteItem(let id): ["type": "conversation.item.delete", "item_id": .text(id)]
        case .truncateItem(let id, let contentIndex, let milliseconds):
            [
                "type": "conversation.item.truncate", "item_id": .text(id), "content_index": .integer(contentIndex),
                "audio_end_ms": .integer(milliseconds),
            ]
        case .createResponse(let order):
            ["type": "response.create", "event_id": .text(order.eventID), "response": settings.response(order)]
        case .cancelResponse(let id): .members(["type": "response.cancel", "response_id": id.map(JSONValue.text)])
        }
    }
}
