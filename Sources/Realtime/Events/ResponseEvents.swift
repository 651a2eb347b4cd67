internal import Responders

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

/// An item of the response begins.
struct OutputItemAdded: ServerEvent {
    static let type = "response.output_item.added"
    var responseID: String
    var outputIndex: Int
    var item: ItemObject
}

/// An item of the response is final.
struct OutputItemDone: ServerEvent {
    static let type = "response.output_item.done"
    var responseID: String
    var outputIndex: Int
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

    /// What becomes of a response that ends with `error`.
    static func failed(_ error: any Error) -> ResponseStatus {
        .failed(
            code: (error as? ResponderError) == .nothingToAnswer ? "nothing_to_answer" : "response_failed",
            message: "The response could not be completed: \(error)".sentence)
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
