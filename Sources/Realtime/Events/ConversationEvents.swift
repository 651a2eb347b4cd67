/// An item entered the conversation.
struct ItemAdded: ServerEvent {
    static let type = "conversation.item.added"
    @OrNull var previousItemID: String?
    var item: ItemObject
}

/// An item is final.
struct ItemDone: ServerEvent {
    static let type = "conversation.item.done"
    @OrNull var previousItemID: String?
    var item: ItemObject
}

/// What was not heard of an item is gone.
struct ItemTruncated: ServerEvent {
    static let type = "conversation.item.truncated"
    var itemID: String
    let contentIndex = 0
    var audioEndMs: Int
}

/// An item left the conversation.
struct ItemDeleted: ServerEvent {
    static let type = "conversation.item.deleted"
    var itemID: String
}

/// An item with everything in it.
struct ItemRetrieved: ServerEvent {
    static let type = "conversation.item.retrieved"
    var item: ItemObject
}
