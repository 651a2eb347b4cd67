/// An item as its client sees it.
struct ItemObject: Encodable, Sendable {
    private let object = "realtime.item"
    private let type: String
    private let id: String
    private let status: ConversationItem.Status
    private var role: Message.Role?
    private var content: [ContentObject]?
    private var callID: String?
    private var name: String?
    private var arguments: String?
    private var output: String?

    /// - Parameter includesAudio: true to write the sound as well: only `conversation.item.retrieved` does.
    init(_ item: ConversationItem, includesAudio: Bool = false) {
        id = item.id
        status = item.status
        switch item.body {
        case .message(let message):
            type = "message"
            role = message.role
            content = message.content.map { ContentObject($0, role: message.role, includesAudio: includesAudio) }
        case .functionCall(let callID, let name, let arguments):
            type = "function_call"
            self.callID = callID
            self.name = name
            self.arguments = arguments
        case .functionOutput(let callID, let output):
            type = "function_call_output"
            self.callID = callID
            self.output = output
        }
    }

    private struct ContentObject: Encodable {
        var type: String
        var text: String?
        var transcript: String?
        var audio: String?

        init(_ content: Message.Content, role: Message.Role, includesAudio: Bool) {
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
