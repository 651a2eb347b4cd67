internal import Responders

/// One item of a conversation: a message, or a function's call or output.
struct ConversationItem: Sendable, Equatable {
    /// How far it has got.
    enum Status: String, Encodable, Sendable {
        case inProgress = "in_progress"
        case completed
        /// Interrupted: less was heard than was to be said.
        case incomplete
    }

    /// What it is.
    enum Body: Sendable, Equatable {
        case message(Message)
        case functionCall(callID: String, name: String, arguments: String)
        case functionOutput(callID: String, output: String)
    }

    let id: String
    var status: Status
    var body: Body

    init(id: String, status: Status = .completed, body: Body) {
        self.id = id
        self.status = status
        self.body = body
    }

    /// A message.
    init(id: String, role: Message.Role, status: Status, content: [Message.Content]) {
        self.init(id: id, status: status, body: .message(Message(role: role, content: content)))
    }

    /// A message's own part; nil for everything else.
    var message: Message? {
        if case .message(let message) = body { message } else { nil }
    }

    /// How many samples it holds.
    var sampleCount: Int { message?.sampleCount ?? 0 }

    /// As responders know it.
    var entry: ConversationEntry {
        switch body {
        case .message(let message):
            .turn(Turn(id: id, speaker: message.role.speaker, text: message.text, speech: message.samples))
        case .functionCall(let callID, let name, let arguments):
            .functionCall(FunctionCall(id: id, callID: callID, name: name, arguments: arguments))
        case .functionOutput(let callID, let output):
            .functionOutput(FunctionOutput(id: id, callID: callID, output: output))
        }
    }

    /// Changes the message; does nothing to another item.
    mutating func changeMessage(_ change: (inout Message) -> Void) {
        guard case .message(var message) = body else { return }
        change(&message)
        body = .message(message)
    }
}
