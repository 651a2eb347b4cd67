/// An item entered the conversation.
struct ItemAdded: ServerEvent {
    static let type = "conversation.item.added"
    var previousItemID: String?
    var item: ItemObject
}

/// An item is final.
struct ItemDone: ServerEvent {
    static let type = "conversation.item.done"
    var previousItemID: String?
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

/// An item as its client sees it.
struct ItemObject: Encodable, Sendable {
    private let object = "realtime.item"
    private let type = "message"
    private let id: String
    private let status: ConversationItem.Status
    private let role: ConversationItem.Role
    private let content: [ContentObject]

    /// - Parameter includesAudio: true to write the sound as well: only `conversation.item.retrieved` does.
    init(_ item: ConversationItem, includesAudio: Bool = false) {
        id = item.id
        status = item.status
        role = item.role
        content = item.content.map { ContentObject($0, role: item.role, includesAudio: includesAudio) }
    }

    private struct ContentObject: Encodable {
        var type: String
        var text: String?
        var transcript: String?
        var audio: String?

        init(_ content: ConversationItem.Content, role: ConversationItem.Role, includesAudio: Bool) {
            let direction = role == .assistant ? "output" : "input"
            switch content {
            case .text(let text):
                type = "\(direction)_text"
                self.text = text
            case .speech(let speech):
                type = "\(direction)_audio"
                transcript = speech.transcript
                guard includesAudio, !speech.samples.isEmpty else { return }
                audio = Base64.string(of: speech.samples)
            }
        }
    }
}

extension Base64 {
    /// `samples` as little-endian PCM16 in base64.
    static func string(of samples: [Int16]) -> String {
        samples.withUnsafeBytes { pcm in
            String(unsafeUninitializedCapacity: encodedLength(of: pcm.count)) { text in
                encode(pcm, into: text)
                return encodedLength(of: pcm.count)
            }
        }
    }
}
