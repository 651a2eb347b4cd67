import Audio
import Responders
import Testing

@testable import RealtimeUpstream

/// Thousands of random schedules: whatever happens, in whatever order, both sides have the same conversation in the
/// end, every answer ends once, and the protocol is kept.
struct UpstreamConversationPropertyTests {
    /// One session, and what the test knows of it.
    private struct World {
        var conversation = UpstreamConversation(UpstreamSettings(), host: "up", at: .zero) { 0.75 }
        var upstream: SimulatedUpstream?
        var violations: [String] = []
        var now = Duration.zero
        /// Our names of items, oldest first.
        var items: [String] = []
        var asked: Set<String> = []
        var finished: Set<String> = []
        var cancelled: Set<String> = []
        var openTurn: (id: String, samples: Int)?
        private var count = 0

        mutating func name(_ kind: String) -> String {
            count += 1
            return "\(kind)_\(count)"
        }

        mutating func take(_ input: UpstreamConversation.Input) {
            for action in conversation.take(input, at: now) {
                switch action {
                case .connect: if upstream != nil { violations.append("connects twice") }
                case .disconnect: disconnect()
                case .send(let command):
                    if upstream == nil { violations.append("sends into nothing") }
                    upstream?.take(command)
                case .yield(_, let id):
                    if finished.contains(id) || cancelled.contains(id) { violations.append("a piece after the end") }
                case .finish(let id, _):
                    if !finished.insert(id).inserted { violations.append("ends \(id) twice") }
                case .notify, .warn: break
                }
            }
        }

        mutating func connect() {
            guard upstream == nil else { return }
            upstream = SimulatedUpstream()
            take(.received(.sessionCreated))
        }

        mutating func disconnect() {
            violations += upstream?.violations ?? []
            upstream = nil
        }

        mutating func deliver() {
            while let event = upstream?.events.first {
                upstream?.events.removeFirst()
                take(.received(event))
            }
        }

        mutating func insert(_ entry: ConversationEntry) {
            take(.changed(.inserted(entry, after: items.last)))
            items.append(entry.id)
        }
    }

    @Test(arguments: 0..<300) func `any schedule`(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var world = World()
        var active: (response: String, item: String)?
        world.connect()
        for _ in 0..<120 {
            world.now += .milliseconds(Int.random(in: 0...400, using: &random))
            switch Int.random(in: 0..<14, using: &random) {
            case 0: world.insert(.turn(Turn(id: world.name("typed"), speaker: .user, text: "text")))
            case 1:
                let id = world.name("turn")
                world.openTurn = (id, 0)
                world.take(.changed(.turnStarted(id: id)))
            case 2, 3:
                guard let turn = world.openTurn else { continue }
                world.openTurn?.samples += 1200
                world.take(.changed(.turnHeard(id: turn.id, Array(repeating: 1, count: 1200))))
            case 4:
                guard let turn = world.openTurn.take() else { continue }
                let samples = max(turn.samples, 480)
                world.insert(.turn(Turn(id: turn.id, speaker: .user, speech: Array(repeating: 1, count: samples))))
            case 5:
                guard let turn = world.openTurn.take() else { continue }
                world.take(.changed(.turnDropped(id: turn.id)))
            case 6:
                guard active == nil || world.finished.contains(active?.response ?? ""), !world.items.isEmpty else {
                    continue
                }
                let names = (response: world.name("resp"), item: world.name("answer"))
                active = names
                world.asked.insert(names.response)
                let entries = world.conversation.items.list.map(\.entry)
                world.items.append(names.item)
                world.take(
                    .asked(
                        ResponseRequest(
                            responseID: names.response, itemID: names.item,
                            conversation: Conversation(entries: entries, voice: ""))))
            case 7:
                guard let names = active.take(), !world.finished.contains(names.response) else { continue }
                world.cancelled.insert(names.response)
                let isHeard =
                    world.conversation.items[names.item]?.entry.isEmpty == false && Bool.random(using: &random)
                let (text, heard) = isHeard ? ("word", Int.random(in: 1...20, using: &random)) : ("", 0)
                let cancel = UpstreamConversation.Input.cancelled(responseID: names.response)
                let truncation = UpstreamConversation.Input.changed(
                    .truncated(id: names.item, text: text, heardMilliseconds: heard))
                // Either may come first.
                for input in Bool.random(using: &random) ? [cancel, truncation] : [truncation, cancel] {
                    world.take(input)
                }
            case 8:
                guard let id = world.items.randomElement(using: &random), active?.item != id else { continue }
                world.items.removeAll { $0 == id }
                world.take(.changed(.removed(id: id)))
            case 9:
                guard world.upstream != nil, Int.random(in: 0..<3, using: &random) == 0 else { continue }
                world.disconnect()
                world.take(.failed(.lost))
            case 10:
                guard world.upstream == nil, let deadline = world.conversation.deadline else { continue }
                world.now = max(world.now, deadline)
                world.take(.deadlinePassed)
                if case .connecting = world.conversation.link.state { world.connect() }
            case 11: world.deliver()
            default: world.upstream?.answer(Int.random(in: 0..<5, using: &random))
            }
        }

        // Everything comes to its end.
        while world.upstream == nil {
            if let deadline = world.conversation.deadline { world.now = max(world.now, deadline) }
            world.take(.deadlinePassed)
            if case .connecting = world.conversation.link.state { world.connect() }
        }
        for step in [0, 1, 2, 3, 0, 1, 2, 3] {
            world.deliver()
            world.upstream?.answer(step)
        }
        world.deliver()
        #expect(world.upstream?.violations == [])
        #expect(world.violations == [])
        #expect(world.finished.union(world.cancelled) == world.asked)
        // Of an answer without words the upstream may have the sound.
        let ours = world.conversation.items.list.filter { !$0.entry.isEmpty || $0.presence != .absent }
        let names = ours.map { item in
            guard case .present(let parts) = item.presence else { return ["nothing for \(item.entry.key)"] }
            return parts.map(\.name)
        }
        let theirs = world.upstream?.items.map(\.id) ?? []
        #expect(Set(names.joined()) == Set(theirs))
        // Answers that were late stand where they came.
        let said = zip(ours, names).filter { !$0.0.entry.key.hasPrefix("answer") }.flatMap(\.1)
        #expect(said == theirs.filter(said.contains))
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014).
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
