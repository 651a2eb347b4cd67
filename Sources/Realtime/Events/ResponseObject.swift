internal import Responders

/// A response as its client sees it.
struct ResponseObject: Encodable, Sendable {
    var id: String
    var terms: ResponseTerms
    var status: ResponseStatus
    var output: [ItemObject]
    /// nil if no language model was asked, or the responder does not know.
    var usage: TokenUsage?

    private enum CodingKeys: String, CodingKey {
        case object, id, conversationID, status, statusDetails, output, outputModalities, audio, metadata, usage
        case maxOutputTokens
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("realtime.response", forKey: .object)
        try container.encode(id, forKey: .id)
        try container.encode(terms.conversationID, forKey: .conversationID)
        try container.encode(status.name, forKey: .status)
        try container.encode(StatusDetails(status), forKey: .statusDetails)
        try container.encode(output, forKey: .output)
        try container.encode(terms.output.modalities, forKey: .outputModalities)
        let sound = AudioOutputConfiguration(format: terms.format, voice: terms.voice)
        try container.encode(["output": sound], forKey: .audio)
        try container.encode(TokenLimit(terms.maximumTokens), forKey: .maxOutputTokens)
        try container.encode(terms.metadata, forKey: .metadata)
        try container.encode(status == .inProgress ? nil : UsageObject(usage ?? TokenUsage()), forKey: .usage)
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

    /// Where no tokens were used, clients that sum them up find numbers.
    private struct UsageObject: Encodable {
        let totalTokens: Int
        let inputTokens: Int
        let outputTokens: Int
        let inputTokenDetails: Details

        struct Details: Encodable {
            var cachedTokens: Int
        }

        init(_ usage: TokenUsage) {
            totalTokens = usage.inputTokens + usage.outputTokens
            inputTokens = usage.inputTokens
            outputTokens = usage.outputTokens
            inputTokenDetails = Details(cachedTokens: usage.cachedTokens)
        }
    }
}

extension Conversation.Output {
    /// As `output_modalities` has it.
    var modalities: [String] {
        switch self {
        case .speech: ["audio"]
        case .text: ["text"]
        }
    }
}
