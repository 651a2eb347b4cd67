/// Cuts text into pieces that are spoken one after the other: sentences, and clauses of long sentences.
///
/// The first piece is short, so that a long text starts at once. The pieces, put together, are the text: nothing
/// is lost, white space belongs to the piece before it. Text may come in parts, while it is still being written: a
/// piece is given as soon as nothing that follows could change it, so however the text is cut, the pieces are the same.
package struct SentenceSplitter: Sendable {
    /// A piece of text, and the silence that follows when it has been spoken.
    package struct Piece: Sendable, Equatable {
        /// What ends a piece.
        package enum End: Sendable, Equatable {
            /// A full stop, a question mark, a blank line, the end of the text.
            case sentence
            /// A comma or the like, a line break.
            case clause
            /// No more than the limit of a piece's length.
            case limit
        }

        package var text: String
        package var end: End

        package init(text: String, end: End) {
            self.text = text
            self.end = end
        }
    }

    /// How long a piece may grow, in Latin letters; a CJK character counts as three, which is how long it takes.
    private struct Limit {
        /// From here on the piece ends at the last comma seen.
        var clause: Int
        /// From here on it ends anywhere.
        var hard: Int

        static let first = Limit(clause: 40, hard: 100)
        static let later = Limit(clause: 120, hard: 200)
        /// No piece is cut shorter than this at a comma.
        static let least = 12
    }

    private var characters: [Character] = []
    /// True once no more text will come.
    private var isComplete = false
    private var pieces: [Piece] = []
    private var hasCut = false
    private var start = 0
    private var position = 0
    private var cost = 0
    /// Where the piece could end at a comma, and at a space.
    private var clauseEnd: Int?
    private var wordEnd: Int?
    /// The closers, and the white space, that were looked through last.
    private var closers = 0..<0
    private var space = 0..<0

    /// No text yet.
    package init() {}

    /// The pieces of `text`, in order; none for an empty text.
    static func pieces(of text: String) -> [Piece] {
        var splitter = SentenceSplitter()
        return splitter.append(text) + splitter.finish()
    }

    /// Takes more of the text.
    /// - Returns: the pieces that it completes.
    package mutating func append(_ text: String) -> [Piece] {
        // The last character may go on: an accent, a line feed, a part of an emoji.
        let last = characters.popLast().map(String.init) ?? ""
        characters.append(contentsOf: last + text)
        return cut()
    }

    /// The text is complete.
    /// - Returns: the pieces that are left.
    package mutating func finish() -> [Piece] {
        isComplete = true
        return cut()
    }

    private mutating func cut() -> [Piece] {
        while position < knownEnd, step() {}
        if isComplete { end(at: characters.count, .sentence) }
        characters.removeFirst(start)
        position -= start
        clauseEnd = clauseEnd.map { $0 - start }
        wordEnd = wordEnd.map { $0 - start }
        start = 0
        closers = 0..<0
        space = 0..<0
        defer { pieces = [] }
        return pieces
    }

    /// Up to here the characters are what they are, whatever follows.
    private var knownEnd: Int { isComplete ? characters.count : characters.count - 1 }

    /// Takes the next character.
    /// - Returns: false if what it means depends on text that has not come yet.
    private mutating func step() -> Bool {
        let character = characters[position]
        if Self.isMark(character), !isComplete, afterSpace(from: afterClosers(from: position + 1)) >= knownEnd {
            return false
        }
        cost += Self.isWide(character) ? 3 : 1
        if character.isNewline {
            if let kind = lineBreak() {
                end(at: afterSpace(from: position), kind)
                return true
            }
        } else if endsSentence() {
            end(at: afterSpace(from: afterClosers(from: position + 1)), .sentence)
            return true
        } else if endsClause(), cost >= Limit.least {
            clauseEnd = afterSpace(from: position + 1)
        }
        position += 1
        if character.isWhitespace { wordEnd = position }

        let limit = hasCut ? Limit.later : .first
        if cost >= limit.clause, let clauseEnd, clauseEnd <= position {
            end(at: clauseEnd, .clause)
        } else if cost >= limit.hard {
            end(at: wordEnd ?? position, .limit)
        }
        return true
    }

    private mutating func end(at end: Int, _ kind: Piece.End) {
        guard end > start else { return }
        pieces.append(Piece(text: String(characters[start..<end]), end: kind))
        hasCut = true
        start = end
        position = end
        cost = 0
        clauseEnd = nil
        wordEnd = nil
    }

    // MARK: Marks

    private static let sentenceMarks = ".!?…।؟"
    private static let clauseMarks = ",;:—–،؛"
    private static let wideSentenceMarks = "。！？｡"
    private static let wideClauseMarks = "，、；："

    /// True for what may end a piece, depending on what follows.
    private static func isMark(_ character: Character) -> Bool {
        character.isNewline || sentenceMarks.contains(character) || clauseMarks.contains(character)
            || wideSentenceMarks.contains(character) || wideClauseMarks.contains(character)
    }

    private mutating func endsSentence() -> Bool {
        let mark = characters[position]
        if Self.wideSentenceMarks.contains(mark) { return true }
        guard Self.sentenceMarks.contains(mark) else { return false }
        let next = afterClosers(from: position + 1)
        guard next >= characters.count || characters[next].isWhitespace else { return false }
        let following = afterSpace(from: next)
        guard following < characters.count else { return true }
        if characters[following].isLowercase { return false }
        return mark != "." || !isAbbreviation(before: characters[following])
    }

    /// True if the full stop at `position` belongs to the word before it.
    private func isAbbreviation(before following: Character) -> Bool {
        var first = position
        while first > start, !characters[first - 1].isWhitespace, !Self.openers.contains(characters[first - 1]) {
            first -= 1
        }
        let word = String(characters[first..<position])
        let isInitial = word.count == 1 && word.first?.isUppercase == true && word != "I"
        let isListNumber = first == start && !word.isEmpty && word.allSatisfy(\.isNumber)
        if following.isNumber, Self.numbered.contains(word.lowercased()) { return true }
        return isInitial || isListNumber || Self.abbreviations.contains(word.lowercased())
    }

    private func endsClause() -> Bool {
        let mark = characters[position]
        if Self.wideClauseMarks.contains(mark) { return true }
        guard Self.clauseMarks.contains(mark) else { return false }
        return position + 1 >= characters.count || characters[position + 1].isWhitespace || mark == "—"
    }

    /// What the line break at `position` ends: a paragraph if a blank line follows, a clause if the next line does
    /// not just go on with the sentence; nil if it does, as in text that was wrapped.
    private mutating func lineBreak() -> Piece.End? {
        let next = afterSpace(from: position)
        if characters[position..<next].count(where: \.isNewline) > 1 { return .sentence }
        guard next < characters.count else { return .sentence }
        return characters[next].isLowercase ? nil : .clause
    }

    private mutating func afterClosers(from index: Int) -> Int {
        closers = run(from: index, known: closers) { Self.closers.contains($0) }
        return closers.upperBound
    }

    private mutating func afterSpace(from index: Int) -> Int {
        space = run(from: index, known: space, of: \.isWhitespace)
        return space.upperBound
    }

    /// The characters from `index` on that are of a kind.
    ///
    /// Every mark of "!!!!!" asks where it ends; what is known of the run is not looked through again, so that the
    /// time that a text takes grows with its length and not with the square of it.
    private func run(from index: Int, known: Range<Int>, of isOfKind: (Character) -> Bool) -> Range<Int> {
        if known.contains(index) { return known }
        var end = index
        while end < characters.count, isOfKind(characters[end]) { end += 1 }
        return index..<end
    }

    /// Han, kana and Hangul: a syllable or more each.
    private static func isWide(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first, scalar.value >= 0x1100 else { return false }
        let system = WritingSystem(of: scalar)
        return system == .han || system == .japanese || system == .hangul
    }

    private static let openers: Set<Character> = ["(", "[", "\"", "'", "“", "‘", "«"]
    private static let closers: Set<Character> = [
        ")", "]", "\"", "'", "”", "’", "»", "」", "』", "）", "】", "》", ".", "!", "?", "…", "！", "？", "。",
    ]
    private static let abbreviations: Set<String> = [
        "mr", "mrs", "ms", "mx", "dr", "prof", "rev", "gen", "col", "sgt", "capt", "lt", "gov", "sen", "rep", "hon",
        "st", "mt", "ave", "blvd", "jr", "sr", "vs", "e.g", "i.e", "cf", "viz", "ca", "approx", "al", "dept", "est",
        "u.s", "u.k", "u.n", "e.u", "bzw", "z.b", "d.h", "u.a", "hr", "fr", "nr", "sig", "dott", "sra", "dra", "mme",
    ]
    /// Abbreviations only before a number: "No. 5", but "I said no."
    private static let numbered: Set<String> = [
        "no", "nos", "fig", "figs", "eq", "vol", "p", "pp", "ch", "sec", "art",
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    ]
}
