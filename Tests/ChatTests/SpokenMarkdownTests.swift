import TestSupport
import Testing

@testable import Chat
@testable import Responders

/// What is read of Markdown, and that it does not matter how the text comes.
@Suite struct SpokenMarkdownTests {
    static let examples: [(markdown: String, spoken: String)] = [
        ("Plain words, as they are.", "Plain words, as they are."),
        ("**Bold**, *slanted*, __strong__, _soft_ and ~~gone~~.", "Bold, slanted, strong, soft and gone."),
        ("2 * 3 is 2*3, and snake_case stays.", "2 * 3 is 2*3, and snake_case stays."),
        ("Use `ls -l` now", "Use ls -l now"),
        ("# Title\nText", "Title\n\nText"), ("#hashtag", "#hashtag"), ("####### seven", "####### seven"),
        ("- one\n- two\n", "one\n\ntwo\n"), ("* one\n  * two", "one\n\ntwo"), ("1. one\n2. two", "1. one\n2. two"),
        ("- [ ] to do\n- [x] done", " to do\n\n done"), ("-5 degrees", "-5 degrees"),
        ("> said", "said"), ("a\n\n---\nb", "a\n\nb"), ("Title\n===\ntext", "Title\n\ntext"),
        ("See [the page](https://a.b/c?d=e) now.", "See the page now."), ("![A cat](cat.png)!", "A cat!"),
        ("Known [1], found [^2].", "Known , found ."), ("[aside] here", "aside here"),
        ("Visit https://www.example.com/a/b?c=d.", "Visit example.com."), ("(www.example.org)", "(example.org)"),
        ("<https://user@example.com:8080/x>", "example.com"), ("去https://example.com看看", "去example.com看看"),
        ("how why when", "how why when"), ("https", "https"), ("HTTPS://A.B/", "A.B"),
        ("a < b > c", "a < b > c"), ("x<br>y<b>z</b>", "x\nyz"), ("\\*not\\* a\\b", "*not* a\\b"),
        ("Code:\n```swift\nlet a = 1\n```\nDone.", "Code:\n\nDone."), ("~~~\nx\n~~~", ""),
        ("```\nnever closed", ""), ("````\n```\n````\nx", "x"),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |\n", "a, b\n\n1, 2\n\n"),
        ("<think>hm, **so**</think>\nYes.", "\nYes."), ("你好，**世界**！", "你好，世界！"), ("wow!", "wow!"),
        ("🌙 ok 👨‍👩‍👧", "🌙 ok 👨‍👩‍👧"), ("ends [here", "ends here"), ("ends <b", "ends <b"), ("ends \\", "ends "),
        ("a | b", "a | b"), ("*", "*"), ("~5 km", "~5 km"),
    ]

    private func read(_ parts: [String]) -> String {
        var markdown = SpokenMarkdown()
        return parts.map { markdown.append($0) }.joined() + markdown.finish()
    }

    @Test(arguments: examples) func markupIsNotRead(markdown: String, spoken: String) {
        #expect(read([markdown]) == spoken)
    }

    /// All examples in a row, cut at random between any two scalars: in front of each other they mean other things, but
    /// however they are cut, the same.
    @Test func howTheTextIsCutDoesNotMatter() {
        var random = SeededGenerator(seed: 5)
        for round in 0..<300 {
            let text = (0..<6).map { _ in Self.examples.randomElement(using: &random)?.markdown ?? "" }
                .joined(separator: ["\n", " ", "", "\n\n"][round % 4])
            let whole = read([text])
            let parts = Self.parts(of: text, using: &random)
            #expect(read(parts) == whole, "\(parts)")
            #expect(read(text.unicodeScalars.map { String($0) }) == whole, "\(text)")

            var splitter = SentenceSplitter()
            let pieces = parts.flatMap { splitter.append($0) } + splitter.finish()
            #expect(pieces == SentenceSplitter.pieces(of: text), "\(parts)")
            #expect(pieces.map(\.text).joined() == text)
        }
    }

    @Test func norDoesItForNonsense() {
        var random = SeededGenerator(seed: 6)
        let scraps =
            "*_~`#>-+=|[]()!<>\\:/. \n\n 1aBé好。👍ｗ".map { String($0) } + ["http://", "www.", "<think>", "```"]
        for _ in 0..<1_000 {
            let text = (0..<40).map { _ in scraps.randomElement(using: &random) ?? "" }.joined()
            let parts = Self.parts(of: text, using: &random)
            #expect(read(parts) == read([text]), "\(parts)")
        }
    }

    private static func parts(of text: String, using random: inout SeededGenerator) -> [String] {
        var parts: [String] = []
        var rest = Array(text.unicodeScalars)[...]
        while !rest.isEmpty {
            let part = rest.prefix(Int.random(in: 1...9, using: &random))
            rest = rest.dropFirst(part.count)
            parts.append(String(String.UnicodeScalarView(part)))
        }
        return parts
    }

    @Test func aSentenceIsGivenAsSoonAsItIsWhole() {
        var splitter = SentenceSplitter()
        #expect(splitter.append("Yes. ").isEmpty, "what follows may go on with it")
        #expect(splitter.append("I").isEmpty, "an accent may follow")
        #expect(splitter.append("t").map(\.text) == ["Yes. "])
        #expect(splitter.append(" is。今").map(\.text).isEmpty)
        #expect(splitter.append("天").map(\.text) == ["It is。"])
        #expect(splitter.finish().map(\.text) == ["今天"])
    }
}
