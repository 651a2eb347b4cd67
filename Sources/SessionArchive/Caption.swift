/// What is read on the screen at a time: some words of a line, while they are heard.
struct Caption: Equatable {
    /// The most characters of one: two lines of 42, as subtitles have them.
    static let longest = 84
    /// How long people take for a character that they read, in milliseconds.
    private static let readingMs = 60
    /// How long a caption stays at least, in milliseconds.
    private static let shortestMs = 1_000

    var speaker: ArchivedLine.Speaker
    var text: String
    var startMs: Int
    var endMs: Int

    /// The captions of a conversation, in order. A long answer is cut into several, as evenly as it was spoken; what
    /// was typed stays for as long as it takes to be read. What nobody knows the words of has none.
    static func captions(of lines: [ArchivedLine]) -> [Caption] {
        lines.flatMap { line in
            let words = line.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let length = max(line.endMs - line.startMs, 0)
            guard length > 0 else {
                let stays = max(shortestMs, words.count * readingMs)
                return pieces(of: words).map {
                    Caption(speaker: line.speaker, text: $0, startMs: line.startMs, endMs: line.startMs + stays)
                }
            }
            var spoken = 0
            return pieces(of: words).map { piece in
                let start = line.startMs + length * spoken / words.count
                spoken = min(spoken + piece.count + 1, words.count)
                let end = line.startMs + length * spoken / words.count
                return Caption(speaker: line.speaker, text: piece, startMs: start, endMs: end)
            }
        }
    }

    /// Cuts words where a sentence ends, a clause, or a word, so that each piece fits on the screen.
    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var rest = Substring(text)
        while rest.count > longest {
            let window = rest.prefix(longest)
            let cut =
                window.lastIndex { ".!?。！？…".contains($0) } ?? window.lastIndex { ",;:，、；：".contains($0) }
                ?? window.lastIndex(of: " ")
            let piece = cut.map { rest[...$0] } ?? window
            pieces.append(String(piece))
            rest = rest[piece.endIndex...]
        }
        pieces.append(String(rest))
        return pieces.map { String($0.drop(while: \.isWhitespace)) }.filter { !$0.isEmpty }
    }
}
