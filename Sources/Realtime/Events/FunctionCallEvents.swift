/// Which call of a response is meant.
struct CallAddress: Encodable, Sendable {
    let responseID: String
    let itemID: String
    let outputIndex: Int
    let callID: String

    /// An event about this call.
    func event<Event: ServerEvent>(_ event: Event) -> Addressed<Self, Event> { Addressed(address: self, event: event) }
}

/// More of the arguments of a call.
struct FunctionCallArgumentsDelta: ServerEvent {
    static let type = "response.function_call_arguments.delta"
    let delta: String
}

/// All arguments of a call: the client can make it, unless its item is incomplete.
struct FunctionCallArgumentsDone: ServerEvent {
    static let type = "response.function_call_arguments.done"
    let name: String
    let arguments: String
}
