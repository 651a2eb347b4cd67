/// Reads Markdown as people would read it aloud, while it is still being written: emphasis and headings as plain words,
/// links as their text, addresses as their host, tables cell by cell; code, rules and what a model only thinks are left
/// out.
///
/// A character is let out as soon as nothing that follows could change what becomes of it, and not before; so however
/// the text is cut, the same comes out.
struct SpokenMarkdown {
    /// What a line is part of.
    enum Line: Equatable {
        case text, heading, table
    }

    /// Where in the document the next character is.
    enum Place: Equatable {
        /// Before the first character of a line that means something.
        case lineStart
        /// Within a line.
        case line(Line)
        /// Among code that began with so many of this character.
        case code(fence: Unicode.Scalar, length: Int)
        /// In a line of which nothing is read; the place behind it.
        indirect case skippedLine(then: Place)
        /// Behind `](`: in the address of a link.
        case linkTarget(in: Line)
        /// In what a model wrote for itself.
        case thoughts
    }

    var pending: [Unicode.Scalar] = []
    /// The first of them that has not been read.
    var index = 0
    var place = Place.lineStart
    /// True once nothing follows.
    var isComplete = false
    /// What has been read last, of the Markdown.
    var previous: Unicode.Scalar = "\n"
    var output = String.UnicodeScalarView()
    /// The last that was let out.
    var lastOutput: Unicode.Scalar?
    /// How many line breaks that ends with.
    private var breaks = 0

    /// Takes more Markdown.
    /// - Returns: what can be said of it.
    mutating func append(_ text: String) -> String {
        pending.append(contentsOf: text.unicodeScalars)
        return read()
    }

    /// The document is complete.
    /// - Returns: the rest of what can be said.
    mutating func finish() -> String {
        isComplete = true
        return read()
    }

    private mutating func read() -> String {
        while index < pending.count, step() {}
        pending.removeFirst(index)
        index = 0
        defer { output = .init() }
        return String(output)
    }

    /// Reads something; false if what it means depends on what has not come yet.
    private mutating func step() -> Bool {
        switch place {
        case .lineStart: startLine()
        case .line(let line): read(line)
        case .code(let fence, let length): skipCode(fence, length)
        case .skippedLine(let next): skipLine(then: next)
        case .linkTarget(let line): skipLinkTarget(in: line)
        case .thoughts: skipThoughts()
        }
    }

    // MARK: For all places

    /// The scalar so many behind the next; nil if it is not there (yet).
    func peek(_ offset: Int) -> Unicode.Scalar? {
        index + offset < pending.count ? pending[index + offset] : nil
    }

    /// How many of a kind follow, from an offset on; nil if there may be more of them.
    func run(from offset: Int = 0, _ isOfKind: (Unicode.Scalar) -> Bool) -> Int? {
        var count = 0
        while let scalar = peek(offset + count) {
            guard isOfKind(scalar) else { return count }
            count += 1
        }
        return isComplete ? count : nil
    }

    mutating func emit(_ scalar: Unicode.Scalar) {
        output.append(scalar)
        lastOutput = scalar
        breaks = scalar == "\n" ? breaks + 1 : 0
    }

    mutating func emit(_ text: some Sequence<Unicode.Scalar>) {
        for scalar in text { emit(scalar) }
    }

    /// Passes over so many.
    mutating func skip(_ count: Int) {
        guard count > 0 else { return }
        previous = pending[index + count - 1]
        index += count
    }

    /// Ends what was said so far as a paragraph does.
    mutating func emitParagraphBreak() {
        guard lastOutput != nil else { return }
        while breaks < 2 { emit("\n") }
    }

    // MARK: What is not read

    private mutating func skipLine(then next: Place) -> Bool {
        let end = pending[index...].firstIndex(of: "\n") ?? pending.count
        skip(end - index)
        guard index < pending.count else { return true }
        skip(1)
        place = next
        return true
    }

    /// A fence closes code if it stands alone and is no shorter than the one that opened it.
    private mutating func skipCode(_ fence: Unicode.Scalar, _ length: Int) -> Bool {
        guard let indent = run({ $0 == " " }), let ticks = run(from: indent, { $0 == fence }) else { return false }
        place = .skippedLine(then: ticks >= length ? .lineStart : .code(fence: fence, length: length))
        return true
    }

    private mutating func skipLinkTarget(in line: Line) -> Bool {
        guard let scalar = peek(0) else { return false }
        // An address has no line break: it was no link.
        if scalar != "\n" { skip(1) }
        if scalar == ")" || scalar == "\n" { place = .line(line) }
        return true
    }

    private mutating func skipThoughts() -> Bool {
        let end = Array("</think>".unicodeScalars)
        for (offset, scalar) in end.enumerated() {
            guard let found = peek(offset) else {
                if isComplete { break }
                return false
            }
            if found != scalar {
                skip(1)
                return true
            }
        }
        skip(min(end.count, pending.count - index))
        previous = "\n"
        place = .lineStart
        return true
    }
}
