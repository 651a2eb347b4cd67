/// Which call of a response is meant.
struct CallAddress: Sendable {
    var responseID: String
    var itemID: String
    var outputIndex: Int
    var callID: String
}

/// More of the arguments of a call. They come in one piece: responders give calls as a whole.
struct FunctionCallArgumentsDelta: ServerEvent {
    static let type = "response.function_call_arguments.delta"
    let responseID: String
    let itemID: String
    let outputIndex: Int
    let callID: String
    let delta: String

    init(_ address: CallAddress, delta: String) {
        responseID = address.responseID
        itemID = address.itemID
        outputIndex = address.outputIndex
        callID = address.callID
        self.delta = delta
    }
}

/// All arguments of a call: the client can make it.
struct FunctionCallArgumentsDone: ServerEvent {
    static let type = "response.function_call_arguments.done"
    let responseID: String
    let itemID: String
    let outputIndex: Int
    let callID: String
    let name: String
    let arguments: String

    init(_ address: CallAddress, name: String, arguments: String) {
        responseID = address.responseID
        itemID = address.itemID
        outputIndex = address.outputIndex
        callID = address.callID
        self.name = name
        self.arguments = arguments
    }
}
