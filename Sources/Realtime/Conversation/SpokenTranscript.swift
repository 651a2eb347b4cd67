/// Which words of an utterance are heard where: what makes it possible to keep only what was heard.
struct SpokenTranscript: Sendable, Equatable {
    /// Words, and the samples in which they are heard.
    private struct Passage: Equatable {
        var text: String
        var start: Int
        var end: Int
    }

    private var passages: [Passage] = []
    /// Samples of the utterance.
    private(set) var sampleCount = 0

    /// All words.
    var text: String { passages.map(\.text).joined() }

    /// Words, heard in the speech that is appended next.
    mutating func append(_ text: String) {
        if let last = passages.indices.last, passages[last].start == sampleCount {
            passages[last].text += text
        } else {
            passages.append(Passage(text: text, start: sampleCount, end: sampleCount))
        }
    }

    /// Speech.
    mutating func append(samples: Int) {
        sampleCount += samples
        if let last = passages.indices.last {
            passages[last].end = sampleCount
        }
    }

    /// Forgets what follows sample `end`. Of the passage in which `end` lies the words are kept that are heard by
    /// then if it is spoken evenly; a word that is cut is dropped.
    mutating func truncate(to end: Int) {
        guard end < sampleCount else { return }
        sampleCount = end
        passages.removeAll { $0.start >= end }
        guard let last = passages.indices.last, passages[last].end > end else { return }
        let passage = passages[last]
        let letters = passage.text.count * (end - passage.start) / (passage.end - passage.start)
        passages[last].text = passage.text.wholeWords(inFirst: letters)
        passages[last].end = end
    }

    /// Forgets words that no speech has followed: whoever interrupted did not hear them.
    mutating func dropUnspoken() {
        passages.removeAll { $0.start >= sampleCount }
    }
}

extension String {
    /// The first `count` characters, without a word that they cut and without space at their end.
    fileprivate func wholeWords(inFirst count: Int) -> String {
        var kept = prefix(count)
        if let next = dropFirst(count).first, next.belongsToSpacedWord {
            while let last = kept.last, last.belongsToSpacedWord { kept.removeLast() }
        }
        while let last = kept.last, last.isWhitespace { kept.removeLast() }
        return String(kept)
    }
}

extension Character {
    /// True inside the words of scripts that put space between them; each Chinese character stands for itself.
    fileprivate var belongsToSpacedWord: Bool {
        (isLetter || isNumber || self == "'" || self == "’")
            && !unicodeScalars.contains { $0.properties.isIdeographic }
    }
}
