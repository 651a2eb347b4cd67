import Audio
import Responders

@testable import RealtimeUpstream

/// An upstream without a socket: it takes commands, keeps the conversation as OpenAI does, and has the events ready
/// that it would send. What breaks the protocol is noted.
struct SimulatedUpstream {
    struct Item: Equatable {
        var id: String
        var words: String
        var samples: Int
    }

    var items: [Item] = []
    /// To be sent, oldest first.
    var events: [UpstreamEvent] = []
    var violations: [String] = []
    private var buffer = 0
    private var active: (id: String, itemID: String, isInConversation: Bool)?
    private var names = 0

    mutating func take(_ command: UpstreamCommand) {
        switch command {
        case .configure: break
        case .appendAudio(let samples): buffer += samples.count
        case .clearAudio: buffer = 0
        case .commitAudio:
            if buffer < 2400 { violations.append("a commit of \(buffer) samples") }
            let item = Item(id: name("item"), words: "heard \(buffer)", samples: buffer)
            buffer = 0
            items.append(item)
            events += [.committed(itemID: item.id), .transcribed(itemID: item.id, text: item.words)]
        case .createItem(let entry, let id, let after): create(entry, id, after)
        case .deleteItem(let id):
            if items.contains(where: { $0.id == id }) {
                items.removeAll { $0.id == id }
            } else {
                violations.append("deletes \(id)")
            }
        case .truncateItem(let id, _, let milliseconds):
            guard let index = items.firstIndex(where: { $0.id == id }) else {
                return violations.append("truncates \(id)")
            }
            let samples = SpeechFormat.samples(inMilliseconds: milliseconds)
            if samples > items[index].samples { violations.append("truncates \(id) to more than there is") }
            items[index].samples = samples
        case .createResponse(let order):
            if active != nil { violations.append("a second response") }
            active = (name("resp"), name("item"), !order.isOutOfBand)
            if let active { events.append(.responseCreated(id: active.id)) }
        case .cancelResponse(let id):
            if id == active?.id { finish("cancelled") }
        }
    }

    /// Answers a step further: an item, words, sound, the end.
    mutating func answer(_ step: Int) {
        guard let active else { return }
        let position = UpstreamEvent.OutputPosition(responseID: active.id, itemID: active.itemID, contentIndex: 0)
        let index = items.firstIndex { $0.id == active.itemID }
        switch step % 4 {
        case 0 where index == nil && active.isInConversation:
            items.append(Item(id: active.itemID, words: "", samples: 0))
            events.append(.outputItemAdded(.message(id: active.itemID), responseID: active.id))
        case 1:
            guard index != nil || !active.isInConversation else { return }
            if let index { items[index].words += "word " }
            events.append(.transcript(position, delta: "word "))
        case 2:
            guard index != nil || !active.isInConversation else { return }
            if let index { items[index].samples += 240 }
            events.append(.audio(position, bytes: Array(repeating: 1, count: 480)))
        case 3: finish("completed")
        default: break
        }
    }

    private mutating func finish(_ status: String) {
        guard let active = active.take() else { return }
        events.append(.responseDone(.init(status: status, id: active.id)))
    }

    private mutating func create(_ entry: ConversationEntry, _ id: String, _ after: String?) {
        if items.contains(where: { $0.id == id }) { violations.append("creates \(id) twice") }
        if id.utf8.count > 32 { violations.append("a name of \(id.utf8.count) bytes") }
        var position = items.count
        if let after {
            if let index = items.firstIndex(where: { $0.id == after }) {
                position = index + 1
            } else {
                position = 0
                if after != "root" { violations.append("creates behind \(after)") }
            }
        }
        let words = if case .turn(let turn) = entry { turn.text } else { "" }
        items.insert(Item(id: id, words: words, samples: entry.speech.count), at: position)
    }

    private mutating func name(_ kind: String) -> String {
        names += 1
        return "\(kind)_up_\(names)"
    }
}
