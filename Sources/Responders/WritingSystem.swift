/// The letters in which a text is written, as far as that decides which voice can read it.
enum WritingSystem: Sendable, Equatable, CaseIterable {
    case latin, han, japanese, hangul, cyrillic, greek, arabic, hebrew, devanagari, bengali, tamil, telugu, georgian
    /// Letters of none of these.
    case other

    /// The system of most of the text's letters; nil for a text without letters.
    ///
    /// Any kana make a text Japanese. A Han character counts as three letters: it is a word, or half of one, and
    /// Latin names among them do not make a Chinese sentence English.
    init?(of text: some StringProtocol) {
        var counts: [WritingSystem: Int] = [:]
        for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
            let system = WritingSystem(of: scalar)
            counts[system, default: 0] += system == .han ? 3 : 1
        }
        if let kana = counts[.japanese] {
            counts[.japanese] = kana + (counts.removeValue(forKey: .han) ?? 0)
        }
        // In the order of `allCases`, so that equal counts give the same answer each time.
        var most: WritingSystem?
        for system in Self.allCases where counts[system, default: 0] > (most.map { counts[$0, default: 0] } ?? 0) {
            most = system
        }
        guard let most else { return nil }
        self = most
    }

    /// The system of one letter, by Unicode's blocks.
    init(of letter: Unicode.Scalar) {
        switch letter.value {
        case 0x41...0x24F, 0x1E00...0x1EFF, 0xFF21...0xFF5A: self = .latin
        case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
        case 0x400...0x52F: self = .cyrillic
        case 0x590...0x5FF: self = .hebrew
        case 0x600...0x6FF, 0x750...0x77F, 0xFB50...0xFDFF, 0xFE70...0xFEFC: self = .arabic
        case 0x900...0x97F: self = .devanagari
        case 0x980...0x9FF: self = .bengali
        case 0xB80...0xBFF: self = .tamil
        case 0xC00...0xC7F: self = .telugu
        case 0x10A0...0x10FF: self = .georgian
        case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7AF: self = .hangul
        case 0x3040...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: self = .japanese
        case 0x3005...0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: self = .han
        default: self = .other
        }
    }
}
