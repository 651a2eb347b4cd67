internal import Batching

/// What is wrong with something that a client sent, or why the server cannot do it: the `error` event.
struct EventError: Error, Equatable {
    /// Why, for programs.
    enum Code: String, Encodable, Sendable {
        /// The message is not JSON, or not an object.
        case invalidJSON = "invalid_json"
        /// The message is text, but not UTF-8.
        case invalidUTF8 = "invalid_utf8"
        /// `type` names no event of the protocol.
        case unknownEvent = "unknown_event"
        /// A field that is needed is not there.
        case missingField = "missing_field"
        /// A field has the wrong type or is outside its range.
        case invalidValue = "invalid_value"
        /// Sound is not base64.
        case invalidBase64 = "invalid_base64"
        /// Sound ends inside a sample.
        case oddPCM = "odd_pcm"
        /// A binary message has no valid header.
        case invalidBinaryMessage = "invalid_binary_message"
        /// OpenAI's protocol has it, this server does not.
        case unsupported = "unsupported"
        /// No item has the given id.
        case itemNotFound = "item_not_found"
        /// An item has the given id already.
        case itemAlreadyExists = "item_already_exists"
        /// The item is still being spoken.
        case itemInProgress = "item_in_progress"
        /// A commit with nothing in the buffer.
        case bufferEmpty = "input_audio_buffer_commit_empty"
        /// The sound does not fit into the buffer.
        case bufferFull = "input_audio_buffer_full"
        /// `response.create` during a response.
        case responseActive = "conversation_already_has_active_response"
        /// `response.cancel` with no such response.
        case responseNotActive = "response_cancel_not_active"
        /// The avatar cannot be loaded: there is no session.
        case avatarUnavailable = "avatar_unavailable"
        /// The responder cannot be had: there is no session.
        case responderUnavailable = "responder_unavailable"
        /// The service behind the responder is out of reach, or refuses.
        case responderUnreachable = "responder_unreachable"
        /// The server is about to stop.
        case draining = "server_draining"
        /// The machine can carry no more who speak.
        case capacityExceeded = "capacity_exceeded"
    }

    /// Whose fault it is.
    enum Kind: String, Encodable, Sendable {
        case invalidRequest = "invalid_request_error"
        case server = "server_error"
    }

    var kind = Kind.invalidRequest
    /// Why, for programs.
    var code: Code
    /// What was found, what was expected and what to do, for people.
    var message: String
    /// The JSON path of the field, e.g. `item.content[0].audio`.
    var param: String?
    /// When it is worth trying again, milliseconds from now.
    var retryAfterMs: Int?
}

extension EventError {
    /// What batching refuses.
    init(_ error: BatchingError) {
        self.init(
            kind: .server, code: .capacityExceeded, message: "\(error)",
            retryAfterMs: error.retryAfter.map { $0.microseconds / 1000 })
    }
}

/// The event `error`.
struct ErrorEvent: ServerEvent {
    static let type = "error"
    private let error: Body

    /// - Parameter eventID: the client's `event_id` of the event that caused it, if it gave one.
    init(_ error: EventError, eventID: String?) {
        self.error = Body(error: error, causeID: eventID)
    }

    /// Every field is always there, `null` where there is nothing to say, but for the one that most errors have not.
    private struct Body: Encodable {
        var error: EventError
        var causeID: String?

        private enum CodingKeys: String, CodingKey {
            case type, code, message, param
            case causeID = "event_id"
            case retryAfterMs = "retry_after_ms"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(error.kind, forKey: .type)
            try container.encode(error.code, forKey: .code)
            try container.encode(error.message, forKey: .message)
            try container.encode(error.param, forKey: .param)
            try container.encode(causeID, forKey: .causeID)
            try container.encodeIfPresent(error.retryAfterMs, forKey: .retryAfterMs)
        }
    }
}
