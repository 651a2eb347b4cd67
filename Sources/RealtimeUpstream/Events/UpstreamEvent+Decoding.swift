internal import Foundation
internal import Responders

extension UpstreamEvent: Decodable {
    fileprivate enum Key: String, CodingKey {
        case type, error, item, delta, transcript, response
        case itemID = "item_id"
        case callID = "call_id"
        case responseID = "response_id"
        case contentIndex = "content_index"
        case rateLimits = "rate_limits"
    }

    init(from decoder: any Decoder) throws {
        let event = try decoder.container(keyedBy: Key.self)
        self =
            switch try event.decode(String.self, forKey: .type) {
            case "session.created": .sessionCreated
            case "error":
                try .error(
                    event.decode(ErrorDetails.self, forKey: .error),
                    eventID: event.decode(EventReference.self, forKey: .error).eventID)
            case "input_audio_buffer.committed": .committed(itemID: try event.decode(String.self, forKey: .itemID))
            case "conversation.item.input_audio_transcription.delta":
                try .transcriptionDelta(
                    itemID: event.decode(String.self, forKey: .itemID),
                    delta: event.decodeIfPresent(String.self, forKey: .delta) ?? "")
            case "conversation.item.input_audio_transcription.completed":
                try .transcribed(
                    itemID: event.decode(String.self, forKey: .itemID),
                    text: event.decode(String.self, forKey: .transcript))
            case "conversation.item.input_audio_transcription.failed":
                try .transcriptionFailed(
                    itemID: event.decode(String.self, forKey: .itemID),
                    reason: event.decode(ErrorDetails.self, forKey: .error).message)
            case "response.created": .responseCreated(id: try event.decode(Named.self, forKey: .response).id)
            case "response.output_item.added":
                try .outputItemAdded(
                    event.decode(OutputItem.self, forKey: .item),
                    responseID: event.decode(String.self, forKey: .responseID))
            case "response.output_item.done":
                try .outputItemDone(
                    event.decode(OutputItem.self, forKey: .item),
                    responseID: event.decode(String.self, forKey: .responseID))
            case "response.output_audio.delta", "response.audio.delta":
                try .audio(event.position(), bytes: [UInt8](event.decode(Data.self, forKey: .delta)))
            case "response.output_audio_transcript.delta", "response.audio_transcript.delta":
                try .transcript(event.position(), delta: event.decode(String.self, forKey: .delta))
            case "response.output_text.delta", "response.text.delta":
                try .text(event.position(), delta: event.decode(String.self, forKey: .delta))
            case "response.function_call_arguments.delta":
                // Who does not say of which call tells the whole of it at its end.
                try event.decodeIfPresent(String.self, forKey: .callID).map { callID in
                    try .functionCallArguments(
                        responseID: event.decode(String.self, forKey: .responseID), callID: callID,
                        delta: event.decode(String.self, forKey: .delta))
                } ?? .other
            case "response.done": .responseDone(try event.decode(FinishedResponse.self, forKey: .response))
            case "rate_limits.updated":
                .rateLimits(try event.decode([PartialRateLimit].self, forKey: .rateLimits).compactMap(\.limit))
            default: .other
            }
    }

    private struct Named: Decodable {
        var id: String
    }

    private struct EventReference: Decodable {
        private enum CodingKeys: String, CodingKey { case eventID = "event_id" }
        var eventID: String?
    }

    /// A rate limit of which the upstream may leave out anything.
    private struct PartialRateLimit: Decodable {
        private enum CodingKeys: String, CodingKey { case name, limit, remaining, reset = "reset_seconds" }
        var name: String?
        var limit: RateLimit?

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            guard let name = try container.decodeIfPresent(String.self, forKey: .name) else { return }
            limit = RateLimit(
                name: name, limit: try container.decodeIfPresent(Int.self, forKey: .limit) ?? 0,
                remaining: try container.decodeIfPresent(Int.self, forKey: .remaining) ?? 0,
                resetSeconds: try container.decodeIfPresent(Double.self, forKey: .reset) ?? 0)
        }
    }
}

extension KeyedDecodingContainer<UpstreamEvent.Key> {
    fileprivate func position() throws -> UpstreamEvent.OutputPosition {
        try .init(
            responseID: decode(String.self, forKey: .responseID), itemID: decode(String.self, forKey: .itemID),
            contentIndex: decodeIfPresent(Int.self, forKey: .contentIndex) ?? 0)
    }
}

extension UpstreamEvent.ErrorDetails: Decodable {
    private enum Key: String, CodingKey { case code, type, message }

    init(from decoder: any Decoder) throws {
        let error = try decoder.container(keyedBy: Key.self)
        code = try error.decodeIfPresent(String.self, forKey: .code)
        message =
            try error.decodeIfPresent(String.self, forKey: .message) ?? code
            ?? error.decodeIfPresent(String.self, forKey: .type) ?? "no reason given"
    }
}

extension UpstreamEvent.OutputItem: Decodable {
    private enum Key: String, CodingKey {
        case type, id, name, arguments
        case callID = "call_id"
    }

    init(from decoder: any Decoder) throws {
        let item = try decoder.container(keyedBy: Key.self)
        self =
            switch try item.decode(String.self, forKey: .type) {
            case "message": .message(id: try item.decode(String.self, forKey: .id))
            case "function_call":
                .functionCall(
                    FunctionCall(
                        id: try item.decode(String.self, forKey: .id),
                        callID: try item.decode(String.self, forKey: .callID),
                        name: try item.decodeIfPresent(String.self, forKey: .name) ?? "",
                        arguments: try item.decodeIfPresent(String.self, forKey: .arguments) ?? ""))
            default: .other
            }
    }
}

extension UpstreamEvent.FinishedResponse: Decodable {
    private enum Key: String, CodingKey {
        case id, status, usage
        case details = "status_details"
    }

    private struct Details: Decodable {
        var reason: String?
        var error: UpstreamEvent.ErrorDetails?
    }

    private struct Usage: Decodable {
        private enum CodingKeys: String, CodingKey {
            case input = "input_tokens"
            case output = "output_tokens"
            case details = "input_token_details"
        }

        struct Details: Decodable {
            private enum CodingKeys: String, CodingKey { case cached = "cached_tokens" }
            var cached: Int?
        }

        var input: Int?
        var output: Int?
        var details: Details?
    }

    init(from decoder: any Decoder) throws {
        let response = try decoder.container(keyedBy: Key.self)
        id = try response.decode(String.self, forKey: .id)
        status = try response.decodeIfPresent(String.self, forKey: .status) ?? "completed"
        let details = try response.decodeIfPresent(Details.self, forKey: .details)
        reason = details?.reason
        error = details?.error
        usage = try response.decodeIfPresent(Usage.self, forKey: .usage).map {
            TokenUsage(
                inputTokens: $0.input ?? 0, cachedTokens: $0.details?.cached ?? 0, outputTokens: $0.output ?? 0)
        }
    }
}
