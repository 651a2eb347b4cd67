/// What the beginning of a line means.
extension SpokenMarkdown {
    mutating func startLine() -> Bool {
        guard let scalar = peek(0) else { return false }
        switch scalar {
        case " ", "\t", "\r": skip(1)
        case "\n":
            skip(1)
            emit(scalar)
        case "`", "~": return startCode(scalar)
        case "#": return startHeading()
        case ">": skip(1)
        case "-", "*", "_", "=", "+": return startListOrRule(scalar)
        case "•", "◦", "▪": startItem(1)
        case "|": return startTableRow()
        default: place = .line(.text)
        }
        return true
    }

    private mutating func startCode(_ fence: Unicode.Scalar) -> Bool {
        guard let length = run({ $0 == fence }) else { return false }
        guard length >= 3 else {
            place = .line(.text)
            return true
        }
        emitParagraphBreak()
        place = .skippedLine(then: .code(fence: fence, length: length))
        return true
    }

    private mutating func startHeading() -> Bool {
        guard let marks = run({ $0 == "#" }) else { return false }
        guard marks <= 6, let next = peek(marks) ?? (isComplete ? "\n" : nil) else {
            return marks > 6 ? readPlain() : false
        }
        guard next == " " || next == "\n" else { return readPlain() }
        emitParagraphBreak()
        skip(next == " " ? marks + 1 : marks)
        place = .line(.heading)
        return true
    }

    private mutating func startListOrRule(_ mark: Unicode.Scalar) -> Bool {
        // A rule has three marks and nothing else but space.
        guard let ruled = run({ $0 == mark || $0 == " " || $0 == "\t" || $0 == "\r" }) else { return false }
        let marks = pending[index..<(index + ruled)].count { $0 == mark }
        if marks >= 3, mark != "+", peek(ruled) == nil || peek(ruled) == "\n" {
            emitParagraphBreak()
            place = .skippedLine(then: .lineStart)
            return true
        }
        if mark == "-" || mark == "*" || mark == "+", let next = peek(1), next == " " || next == "\t" {
            startItem(2)
            return true
        }
        return readPlain()
    }

    /// An item of a list begins behind so many marks.
    private mutating func startItem(_ marks: Int) {
        emitParagraphBreak()
        skip(marks)
        place = .line(.text)
    }

    private mutating func startTableRow() -> Bool {
        guard let ruled = run({ "|-: \t\r".unicodeScalars.contains($0) }) else { return false }
        if peek(ruled) == nil || peek(ruled) == "\n" {
            place = .skippedLine(then: .lineStart)
            return true
        }
        emitParagraphBreak()
        skip(1)
        place = .line(.table)
        return true
    }

    private mutating func readPlain() -> Bool {
        place = .line(.text)
        return true
    }
}
