import TestSupport
import Testing

@testable import Responders

@Suite(.timeLimit(.minutes(10))) struct SentenceSplitterTests {
    private func split(_ text: String) -> [String] { SentenceSplitter.pieces(of: text).map(\.text) }

    @Test(arguments: [
        ("Hello. How are you? Fine!", ["Hello. ", "How are you? ", "Fine!"]),
        (
            "Mr. Smith met Dr. J. K. Rowling at 3.14 p.m. today. Then he left.",
            ["Mr. Smith met Dr. J. K. Rowling at 3.14 p.m. today. ", "Then he left."]
        ),
        ("See No. 5, e.g. this. I said no. Bye.", ["See No. 5, e.g. this. ", "I said no. ", "Bye."]),
        ("He said \"Stop.\" Then (yes!) he ran.", ["He said \"Stop.\" ", "Then (yes!) he ran."]),
        (
            "\"Really?\" she asked. Wait... what? Well… no.",
            ["\"Really?\" she asked. ", "Wait... what? ", "Well… no."]
        ),
        (
            "Version 1.2.3 of example.com is out. 1. First. 2. Second.",
            ["Version 1.2.3 of example.com is out. ", "1. First. ", "2. Second."]
        ),
        ("你好。今天天气很好！我们走吧？", ["你好。", "今天天气很好！", "我们走吧？"]),
        ("他说：「走吧。」然后走了。", ["他说：「走吧。」", "然后走了。"]),
        ("A title\n\nA line that\ngoes on.\nNext line", ["A title\n\n", "A line that\ngoes on.\n", "Next line"]),
        ("नमस्ते। आप कैसे हैं?", ["नमस्ते। ", "आप कैसे हैं?"]),
        ("", []), ("  \n ", ["  \n "]), ("...", ["..."]),
    ])
    func cutsAtTheEndOfSentences(text: String, pieces: [String]) {
        #expect(split(text) == pieces)
    }

    @Test func theFirstPieceOfALongSentenceIsShort() throws {
        let clause = "because the quick brown fox jumps over the lazy dog"
        let rest = Array(repeating: clause, count: 9).joined(separator: ", ")
        let pieces = SentenceSplitter.pieces(of: "Well, as you know, " + rest)
        #expect(try #require(pieces.first).text == "Well, as you know, ")
        #expect(pieces.first?.end == .clause)
        #expect(pieces.allSatisfy { $0.text.count <= 200 })
        #expect(pieces.last?.end == .sentence)
    }

    @Test func longWordsAndLongSentencesWithoutCommasAreCutAtTheLimit() {
        let words = SentenceSplitter.pieces(of: Array(repeating: "word", count: 400).joined(separator: " "))
        #expect(words.count > 5)
        #expect(words.dropLast().allSatisfy { $0.text.hasSuffix(" ") && $0.end == .limit })
        let monster = SentenceSplitter.pieces(of: String(repeating: "x", count: 10_000))
        #expect(monster.allSatisfy { $0.text.count <= 200 })
        let han = SentenceSplitter.pieces(of: String(repeating: "好", count: 1_000))
        #expect(han.allSatisfy { $0.text.count <= 67 })
    }

    /// A client can send 100 kB of marks that end nothing: if each looked for the end of all of them, it would take
    /// minutes, in which the sessions of others wait.
    @Test(
        .timeLimit(.minutes(10)),
        arguments: [(".", 0, "a"), ("!", 1, "a"), (".)", 0, "x"), ("?", 100_000, "a")])
    func longRunsOfMarksAreLookedThroughOnce(mark: String, spaces: Int, letter: String) {
        let marks = String(repeating: mark, count: 100_000 / mark.count)
        let text = marks + String(repeating: " ", count: spaces) + letter
        let pieces = SentenceSplitter.pieces(of: text)
        #expect(pieces.map(\.text).joined() == text)
        // Nothing ends a sentence before the letter behind them.
        #expect(pieces.dropLast().allSatisfy { $0.end != .sentence })
    }

    @Test func nothingIsLostOfAnyText() {
        let alphabet =
            "aB1 .,!?…;:\n\r\t\"”)（。，！、」好カ한é—'\u{0}\u{200D}👩‍👩‍👧🇩🇪ßع।".map(String.init)
            + ["Dr.", " ", " ", ". ", "e.g. "]
        var random = SeededGenerator(seed: 11)
        for _ in 0..<500 {
            let text = (0..<Int.random(in: 0..<400, using: &random)).compactMap { _ in
                alphabet.randomElement(using: &random)
            }.joined()
            let pieces = SentenceSplitter.pieces(of: text)
            #expect(pieces.map(\.text).joined() == text)
            #expect(pieces.allSatisfy { !$0.text.isEmpty && $0.text.count <= 400 })
        }
    }
}
