internal import Responders

/// A function call of a response, while its arguments are being written.
struct OutputCall {
    let callID: String
    let outputIndex: Int
    private let responseID: String
    private let itemID = Identifier.item()
    private let name: String
    private let previousItemID: String?
    private let isInConversation: Bool
    private var arguments = ""

    /// - Parameter previousItemID: the item before it in the conversation.
    init(
        callID: String, name: String, responseID: String, outputIndex: Int, after previousItemID: String?,
        isInConversation: Bool
    ) {
        self.callID = callID
        self.name = name
        self.responseID = responseID
        self.outputIndex = outputIndex
        self.previousItemID = previousItemID
        self.isInConversation = isInConversation
    }

    /// What happens when it begins.
    var opening: ActiveResponse.Opening {
        let item = item(.inProgress)
        let object = ItemObject(item)
        var events: [any ServerEvent] = [
            OutputItemAdded(responseID: responseID, outputIndex: outputIndex, item: object)
        ]
        if isInConversation { events.append(ItemAdded(previousItemID: previousItemID, item: object)) }
        return .init(item: item, events: events)
    }

    /// Takes more of the arguments.
    mutating func append(_ delta: String) -> some ServerEvent {
        arguments += delta
        return address.event(FunctionCallArgumentsDelta(delta: delta))
    }

    /// Takes all arguments, whatever came before.
    /// - Returns: what of them the client has not got yet; nil if it has all.
    mutating func complete(_ whole: String) -> (any ServerEvent)? {
        let begun = arguments.utf8
        let rest = whole.utf8.starts(with: begun) ? whole.utf8.dropFirst(begun.count) : Substring().utf8
        defer { arguments = whole }
        return rest.isEmpty ? nil : append(String(decoding: rest, as: UTF8.self))
    }

    /// What happens when it ends.
    func closing(_ status: ConversationItem.Status) -> (item: ConversationItem, events: [any ServerEvent]) {
        let item = item(status)
        let object = ItemObject(item)
        var events: [any ServerEvent] = [
            address.event(FunctionCallArgumentsDone(name: name, arguments: arguments))
        ]
        if isInConversation { events.append(ItemDone(previousItemID: previousItemID, item: object)) }
        events.append(OutputItemDone(responseID: responseID, outputIndex: outputIndex, item: object))
        return (item, events)
    }

    private func item(_ status: ConversationItem.Status) -> ConversationItem {
        ConversationItem(
            id: itemID, status: status, body: .functionCall(callID: callID, name: name, arguments: arguments))
    }

    private var address: CallAddress {
        CallAddress(responseID: responseID, itemID: itemID, outputIndex: outputIndex, callID: callID)
    }
}
