/// A response begins.
struct ResponseCreated: ServerEvent {
    static let type = "response.created"
    var response: ResponseObject
}

/// A response is over, whatever became of it.
struct ResponseDone: ServerEvent {
    static let type = "response.done"
    var response: ResponseObject
}

/// The response's item begins.
struct OutputItemAdded: ServerEvent {
    static let type = "response.output_item.added"
    var responseID: String
    let outputIndex = 0
    var item: ItemObject
}

/// The response's item is final.
struct OutputItemDone: ServerEvent {
    static let type = "response.output_item.done"
    var responseID: String
    let outputIndex = 0
    var item: ItemObject
}

/// What became of a response.
enum ResponseStatus: Sendable, Equatable {
    case inProgress
    case completed
    /// `nil` if the session ended.
    case cancelled(CancellationReason?)
    case failed(code: String, message: String)

    /// Who interrupted a response.
    enum CancellationReason: String, Encodable, Sendable {
        /// The user began to speak.
        case turnDetected = "turn_detected"
        /// The client sent `response.cancel`.
        case clientCancelled = "client_cancelled"
    }

    var name: String {
        switch self {
        case .inProgress: "in_progress"
        case .completed: "completed"
        case .cancelled: "cancelled"
        case .failed: "failed"
        }
    }
}

/// A response as its client sees it.
struct ResponseObject: Encodable, Sendable {
    var id: String
    var conversationID: String
    var voice: String
    /// The client's own notes, given back as they were.
    var metadata: [String: String]?
    var status: ResponseStatus
    var output: [ItemObject]

    private enum CodingKeys: String, CodingKey {
        case object, id, conversationID, status, statusDetails, output, outputModalities, audio, metadata, usage
        case maxOutputTokens
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("realtime.response", forKey: .object)
        try container.encode(id, forKey: .id)
        try container.encode(conversationID, forKey: .conversationID)
        try container.encode(status.name, forKey: .status)
        try container.encode(StatusDetails(status), forKey: .statusDetails)
        try container.encode(output, forKey: .output)
        try container.encode(["audio"], forKey: .outputModalities)
        try container.encode(["output": AudioOutputConfiguration(voice: voice)], forKey: .audio)
        try container.encode("inf", forKey: .maxOutputTokens)
        try container.encode(metadata, forKey: .metadata)
        try container.encode(status == .inProgress ? nil : Usage(), forKey: .usage)
    }

    private struct StatusDetails: Encodable {
        var type: String
        var reason: ResponseStatus.CancellationReason?
        var error: Failure?

        init?(_ status: ResponseStatus) {
            type = status.name
            switch status {
            case .inProgress, .completed: return nil
            case .cancelled(let reason): self.reason = reason
            case .failed(let code, let message): error = Failure(code: code, message: message)
            }
        }

        struct Failure: Encodable {
            let type = "server_error"
            var code: String
            var message: String
        }
    }

    /// No language model was asked, so no tokens were used; clients that sum them up find numbers.
    private struct Usage: Encodable {
        let totalTokens = 0
        let inputTokens = 0
        let outputTokens = 0
    }
}
