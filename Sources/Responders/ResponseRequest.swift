/// What is to be answered.
public struct ResponseRequest: Sendable {
    /// The response's name on the wire.
    public var responseID: String
    /// The name of the item that will hold what is said.
    public var itemID: String
    /// What to answer, and how.
    public var conversation: Conversation
    /// True if the answer does not become part of the conversation (`"conversation": "none"`).
    public var isOutOfBand: Bool

    /// Puts the parts together.
    public init(responseID: String, itemID: String, conversation: Conversation, isOutOfBand: Bool = false) {
        self.responseID = responseID
        self.itemID = itemID
        self.conversation = conversation
        self.isOutOfBand = isOutOfBand
    }
}
