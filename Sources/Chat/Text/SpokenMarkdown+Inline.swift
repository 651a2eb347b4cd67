/// What stands within a line.
extension SpokenMarkdown {
    mutating func read(_ line: Line) -> Bool {
        guard let scalar = peek(0) else { return false }
        switch scalar {
        case "\n": endLine(line)
        case "\r": skip(1)
        case "\\": return readEscape()
        case "*", "_": return readEmphasis(scalar)
        case "~": return readTildes()
        case "`": skip(1)
        case "!": return readExclamation()
        case "[": return readBracket()
        case "]": return closeBracket(line)
        case "<": return readAngle()
        case "|" where line == .table: return readCellEnd()
        case " " where line == .table: return readCellSpace()
        case "h", "w", "H", "W": return readAddress(orElse: scalar)
        default: take(scalar)
        }
        return true
    }

    private mutating func take(_ scalar: Unicode.Scalar) {
        emit(scalar)
        skip(1)
    }

    private mutating func endLine(_ line: Line) {
        skip(1)
        emit("\n")
        // Headings and rows of tables have no full stop.
        if line != .text { emit("\n") }
        place = .lineStart
    }

    private mutating func readEscape() -> Bool {
        guard let next = peek(1) else {
            if isComplete { skip(1) }
            return isComplete
        }
        skip(1)
        if next.isASCIIPunctuation { take(next) } else { emit("\\") }
        return true
    }

    /// Stars and underscores are marks, but for those that stand alone, between digits, or inside a word.
    private mutating func readEmphasis(_ mark: Unicode.Scalar) -> Bool {
        guard let length = run({ $0 == mark }) else { return false }
        let next = peek(length) ?? "\n"
        let isSum = previous.isDigit && next.isDigit
        let standsAlone = previous.isSpace && next.isSpace && length == 1
        let isInWord = mark == "_" && previous.isWordPart && next.isWordPart
        if isSum || standsAlone || isInWord { emit(pending[index..<(index + length)]) }
        let before = previous
        skip(length)
        // What follows is seen as following what was before the marks: `**https://…**`.
        if !isSum, !isInWord { previous = before }
        return true
    }

    private mutating func readTildes() -> Bool {
        guard let length = run({ $0 == "~" }) else { return false }
        if length == 1 { emit("~") }
        skip(length)
        return true
    }

    /// `![` begins a picture, which is read as a link.
    private mutating func readExclamation() -> Bool {
        guard peek(1) != nil || isComplete else { return false }
        if peek(1) == "[" { skip(1) } else { take("!") }
        return true
    }

    /// Brackets are not read; nor are numbers of notes and boxes of tasks in them: `[1]`, `[^2]`, `[x]`.
    private mutating func readBracket() -> Bool {
        guard let length = run(from: 1, { $0.isDigit || "^xX ".unicodeScalars.contains($0) }) else { return false }
        if (1...4).contains(length), peek(1 + length) == "]" {
            guard peek(2 + length) != nil || isComplete else { return false }
            if peek(2 + length) != "(" {
                skip(2 + length)
                return true
            }
        }
        skip(1)
        previous = " "
        return true
    }

    private mutating func closeBracket(_ line: Line) -> Bool {
        guard peek(1) != nil || isComplete else { return false }
        let isLink = peek(1) == "("
        skip(isLink ? 2 : 1)
        if isLink { place = .linkTarget(in: line) }
        return true
    }

    /// `<https://…>` is read as an address, `<think>` begins thoughts, other tags are passed over.
    private mutating func readAngle() -> Bool {
        guard let first = peek(1) ?? (isComplete ? " " : nil) else { return false }
        guard first.isASCIILetter || first == "/" || first == "!" else {
            take("<")
            return true
        }
        var length = 1
        while let scalar = peek(length), scalar != ">", scalar != "\n", scalar != "<", length < Self.longestTag {
            length += 1
        }
        guard let end = peek(length) ?? (isComplete ? "\n" : nil) else { return false }
        guard end == ">" else {
            take("<")
            return true
        }
        let tag = String(String.UnicodeScalarView(pending[(index + 1)..<(index + length)]))
        skip(length + 1)
        if tag == "think" {
            place = .thoughts
        } else if tag.contains("://") {
            emit(Self.host(of: tag).unicodeScalars)
        } else if tag.contains("@") {
            emit(tag.unicodeScalars)
        } else if tag.hasPrefix("br") {
            emit("\n")
        }
        return true
    }

    private static let longestTag = 200

    /// A bar is a comma, but for the one at the end of its row.
    private mutating func readCellEnd() -> Bool {
        guard let space = run(from: 1, { $0 == " " || $0 == "\t" || $0 == "\r" }) else { return false }
        let next = peek(1 + space)
        skip(1 + space)
        if let next, next != "\n" { emit(", ".unicodeScalars) }
        return true
    }

    /// The space that fills a cell is not read.
    private mutating func readCellSpace() -> Bool {
        guard let space = run({ $0 == " " }) else { return false }
        if let next = peek(space), next != "|", next != "\n", let lastOutput, !lastOutput.isSpace { emit(" ") }
        skip(space)
        return true
    }

    // MARK: Addresses

    private static let addressStarts = ["http://", "https://", "www."].map { Array($0.unicodeScalars) }

    /// Of an address, the host is read: `https://www.example.com/a?b=c` is "example.com".
    private mutating func readAddress(orElse letter: Unicode.Scalar) -> Bool {
        guard !previous.isASCIILetter, !previous.isDigit, let start = addressStart() else {
            take(letter)
            return true
        }
        guard start, let length = run({ $0.isAddressPart }) else { return false }
        var address = String(String.UnicodeScalarView(pending[index..<(index + length)]))
        // What ends the sentence is no part of the address.
        while let last = address.last, ".,;:!?*_~'".contains(last) { address.removeLast() }
        emit(Self.host(of: address).unicodeScalars)
        skip(address.unicodeScalars.count)
        return true
    }

    /// True if an address begins here, nil if none does, false if that depends on what follows.
    private func addressStart() -> Bool? {
        for start in Self.addressStarts {
            let found = pending[index...].prefix(start.count)
            guard zip(found, start).allSatisfy({ $0.lowercased == $1 }) else { continue }
            if found.count == start.count { return true }
            if !isComplete { return false }
        }
        return nil
    }

    private static func host(of address: String) -> String {
        var rest = address[...]
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        if let user = rest.firstIndex(of: "@"), !rest[..<user].contains("/") { rest = rest[user...].dropFirst() }
        let host = rest.prefix { !"/?#:".contains($0) }
        return String(host.lowercased().hasPrefix("www.") ? host.dropFirst(4) : host)
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
    fileprivate var isSpace: Bool { properties.isWhitespace }
    fileprivate var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
    fileprivate var isASCIIPunctuation: Bool { (0x21...0x7E).contains(value) && !isDigit && !isASCIILetter }
    fileprivate var isWordPart: Bool { properties.isAlphabetic || isDigit }
    fileprivate var lowercased: Unicode.Scalar { ("A"..."Z").contains(self) ? Self(UInt8(value + 0x20)) : self }
    /// Chinese and Japanese go on behind an address without a space.
    fileprivate var isAddressPart: Bool {
        (0x21...0x7E).contains(value) && !"<>\"()[]{}|`".unicodeScalars.contains(self)
    }
}
