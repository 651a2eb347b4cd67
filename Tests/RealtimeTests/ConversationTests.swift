@testable import Realtime
import Responders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct SpokenTranscriptTests {
    private func spoken() -> SpokenTranscript {
        var transcript = SpokenTranscript()
        transcript.append("One two ")
        transcript.append("three. ")
        transcript.append(samples: 24_000)
        transcript.append("Four five six.")
        transcript.append(samples: 12_000)
        transcript.append(samples: 12_000)
        return transcript
    }

    @Test func keepsAllThatWasHeard() {
        var transcript = spoken()
        transcript.truncate(to: 48_000)
        #expect(transcript.text == "One two three. Four five six.")
        transcript.truncate(to: 100_000)
        #expect(transcript.sampleCount == 48_000)
    }

    @Test func keepsWholePassagesAndWholeWords() {
        var transcript = spoken()
        // Half of "Four five six." is seven letters: "Four fi".
        transcript.truncate(to: 36_000)
        #expect(transcript.text == "One two three. Four")
        #expect(transcript.sampleCount == 36_000)
        transcript.truncate(to: 24_000)
        #expect(transcript.text == "One two three. ")
        transcript.truncate(to: 0)
        #expect(transcript.text.isEmpty && transcript.sampleCount == 0)
    }

    @Test func chineseIsCutBetweenCharacters() {
        var transcript = SpokenTranscript()
        transcript.append("今天天气很好。")
        transcript.append(samples: 7000)
        transcript.truncate(to: 4000)
        #expect(transcript.text == "今天天气")
    }

    @Test func wordsThatNoSpeechFollowsCanBeDropped() {
        var transcript = SpokenTranscript()
        transcript.append("One. ")
        transcript.dropUnspoken()
        #expect(transcript.text.isEmpty)
        transcript = spoken()
        transcript.append(" Seven.")
        transcript.dropUnspoken()
        #expect(transcript.text == "One two three. Four five six.")
    }

    @Test func neverGrows() {
        var random = SeededGenerator(seed: 5)
        var transcript = SpokenTranscript()
        for _ in 0..<40 {
            transcript.append("word 字 ")
            transcript.append(samples: Int.random(in: 0...5000, using: &random))
        }
        var length = transcript.text.count
        for end in stride(from: transcript.sampleCount, through: 0, by: -997) {
            transcript.truncate(to: end)
            #expect(transcript.text.count <= length)
            length = transcript.text.count
        }
    }
}

@Suite(.timeLimit(.minutes(10))) struct ConversationHistoryTests {
    private func text(_ id: String, _ text: String, _ role: Message.Role = .user) -> ConversationItem {
        ConversationItem(id: id, role: role, status: .completed, content: [.text(text)])
    }

    private func speech(_ id: String, samples: Int) -> ConversationItem {
        ConversationItem(
            id: id, role: .user, status: .completed,
            content: [.speech(.init(samples: Array(repeating: 1, count: samples)))])
    }

    @Test func itemsGoWhereTheyShould() throws {
        var history = ConversationHistory()
        #expect(try history.insert(text("a", "1")) == nil)
        #expect(try history.insert(text("c", "3")) == "a")
        #expect(try history.insert(text("b", "2"), after: "a") == "a")
        #expect(try history.insert(text("0", "0"), after: "root") == nil)
        #expect(history.items.map(\.id) == ["0", "a", "b", "c"])
        let error = #expect(throws: EventError.self) { try history.insert(text("x", ""), after: "nowhere") }
        #expect(error?.code == .itemNotFound && error?.param == "previous_item_id")
        #expect(throws: EventError.self) { try history.insert(text("a", "")) }
        #expect(history.items.count == 4)
    }

    @Test func respondersHearBothSidesAndTheSystem() throws {
        var history = ConversationHistory()
        try history.insert(text("s", "Be brief.", .system))
        try history.insert(text("u", "Hi"))
        try history.insert(text("a", "Hello", .assistant))
        try history.insert(speech("v", samples: 3))
        let settings = SessionSettings(voice: "slt", instructions: "Be kind.")
        let parameters = ResponseParameters()
        let conversation = Conversation(
            history.finalItems, parameters: parameters, settings: settings,
            terms: ResponseTerms(parameters, settings: settings, conversationID: "conv_1"))
        #expect(
            conversation.turns == [
                Turn(id: "u", speaker: .user, text: "Hi"), Turn(id: "a", speaker: .assistant, text: "Hello"),
                Turn(id: "v", speaker: .user, speech: [1, 1, 1]),
            ])
        #expect(conversation.instructions == "Be kind.\nBe brief.")
    }

    @Test func longConversationsForgetTheOldestSoundFirst() throws {
        var history = ConversationHistory()
        for index in 0..<12 { try history.insert(speech("\(index)", samples: 60 * 24_000)) }
        #expect(history.items.count == 12)
        #expect(history.items.map(\.sampleCount).reduce(0, +) == ConversationHistory.sampleLimit)
        #expect(history["0"]?.sampleCount == 0 && history["11"]?.sampleCount == 60 * 24_000)
        for index in 12..<2000 { try history.insert(text("\(index)", "x")) }
        #expect(history.items.count == ConversationHistory.itemLimit)
        #expect(history.lastID == "1999")
    }

    /// A conversation that remembers as much as it may; the items are called 0, 1, 2 and so on.
    private func full() throws -> ConversationHistory {
        var history = ConversationHistory()
        for index in 0..<ConversationHistory.itemLimit { try history.insert(text("\(index)", "x")) }
        return history
    }

    @Test func anItemInsertedIntoAFullConversationIsKeptWhereverItGoes() throws {
        for (place, previous, neighbour) in [
            ("root", nil, "1"), ("0", nil, "1"), ("1", "1", "2"), ("999", "999", nil), (nil, "999", nil),
        ] as [(String?, String?, String?)] {
            var history = try full()
            #expect(try history.insert(text("new", "x"), after: place) == previous, "after \(place ?? "all")")
            #expect(history.items.count == ConversationHistory.itemLimit)
            #expect(history["0"] == nil && history["1"] != nil, "only the oldest is forgotten")
            let index = try #require(history.items.firstIndex { $0.id == "new" }, "after \(place ?? "all")")
            #expect((index > 0 ? history.items[index - 1].id : nil) == previous)
            #expect((index + 1 < history.items.count ? history.items[index + 1].id : nil) == neighbour)
        }
    }

    @Test func whatIsRefusedForgetsNothing() throws {
        var history = try full()
        #expect(throws: EventError.self) { try history.insert(text("new", "x"), after: "nowhere") }
        #expect(throws: EventError.self) { try history.insert(text("5", "x")) }
        #expect(history["0"] != nil && history.items.count == ConversationHistory.itemLimit)
    }

    @Test func whatIsBeingSpokenIsKeptAndTheOldestBehindItForgotten() throws {
        var history = ConversationHistory()
        try history.insert(ConversationItem(id: "spoken", role: .assistant, status: .inProgress, content: []))
        for index in 0..<2000 { try history.insert(text("\(index)", "x")) }
        #expect(history.items.count == ConversationHistory.itemLimit)
        #expect(history.items[0].id == "spoken" && history.items[1].id == "1001")
        #expect(history.lastID == "1999")
        // Behind it there is room, and not before it.
        #expect(try history.insert(text("new", "x"), after: "spoken") == "spoken")
        #expect(history.items[1].id == "new" && history.items[2].id == "1002")
    }

    @Test func onlyTheAvatarsSpeechCanBeTruncated() throws {
        var history = ConversationHistory()
        try history.insert(text("u", "Hi"))
        let error = #expect(throws: EventError.self) { try history.truncate("u", toMs: 0) }
        #expect(error?.code == .invalidValue && error?.param == "item_id")
        #expect(throws: EventError.self) { try history.truncate("nobody", toMs: 0) }
    }
}
