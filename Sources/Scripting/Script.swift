public import JSON
public import Responders

/// What to answer to what: rules, of which the first that fits counts.
public struct Script: Sendable, Equatable {
    /// What a rule fits.
    public enum Condition: Sendable, Equatable {
        /// Turns with one of these words or phrases, whatever their case.
        case words([String])
        /// Turns in which this regular expression is found, whatever their case.
        case pattern(String)
        /// Spoken turns of which nobody knows the words.
        case speech
        /// Every turn.
        case anything
    }

    /// An answer, and when it is given.
    public struct Rule: Sendable, Equatable {
        /// When.
        public var condition: Condition
        /// What is said: one of these, in turns; empty if nothing is.
        public var answers: [String]
        /// How long it takes to think of it.
        public var delay: Duration
        /// What the client is asked to do.
        public var call: Call?

        /// Puts the parts together.
        public init(_ condition: Condition, say answers: [String], delay: Duration = .zero, call: Call? = nil) {
            self.condition = condition
            self.answers = answers
            self.delay = delay
            self.call = call
        }
    }

    /// A function that the client is asked to call.
    public struct Call: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// Its arguments.
        public var arguments: [String: JSONValue]
        /// Said when it has returned, with what it returned in place of `{output}`; nil for nothing.
        public var answer: String?

        /// Puts the parts together.
        public init(name: String, arguments: [String: JSONValue] = [:], answer: String? = nil) {
            self.name = name
            self.arguments = arguments
            self.answer = answer
        }

        /// What is said when it has returned `output`; nil for nothing.
        func text(returning output: String) -> String? { answer?.replacing("{output}", with: output) }
    }

    /// Said where nobody has said anything yet; nil for nothing.
    public var greeting: String?
    /// The rules, in the order in which they are tried. The last fits everything.
    public var rules: [Rule]

    /// Puts the parts together.
    public init(greeting: String? = nil, rules: [Rule]) {
        self.greeting = greeting
        self.rules = rules
    }

    /// The first rule that fits a turn.
    public func rule(for turn: Turn) -> Rule? {
        rules.first { $0.condition.fits(turn) }
    }
}

extension Script.Condition {
    func fits(_ turn: Turn) -> Bool {
        switch self {
        case .anything: true
        case .speech: turn.text.isEmpty && !turn.speech.isEmpty
        case .words(let words): words.contains { Self.isFound($0, in: turn.text) }
        case .pattern(let pattern): (try? Self.regex(pattern).firstMatch(in: turn.text)) != nil
        }
    }

    static func regex(_ pattern: String) throws -> Regex<AnyRegexOutput> { try Regex(pattern).ignoresCase() }

    /// Words of scripts that put space between them are found whole: "open" is not in "opened".
    private static func isFound(_ word: String, in text: String) -> Bool {
        let (word, text) = (word.lowercased(), text.lowercased())
        return text.ranges(of: word).contains { range in
            let before = range.lowerBound > text.startIndex ? text[text.index(before: range.lowerBound)] : " "
            let after = range.upperBound < text.endIndex ? text[range.upperBound] : " "
            return !(word.first?.isJoined(to: before) ?? false) && !(word.last?.isJoined(to: after) ?? false)
        }
    }
}

extension Character {
    /// True if two characters side by side are in one word; each Chinese or Japanese one stands for itself.
    fileprivate func isJoined(to other: Character) -> Bool { isWordPart && other.isWordPart }

    private var isWordPart: Bool {
        (isLetter || isNumber)
            && !unicodeScalars.contains { $0.properties.isIdeographic || (0x3040...0x30FF).contains($0.value) }
    }
}
