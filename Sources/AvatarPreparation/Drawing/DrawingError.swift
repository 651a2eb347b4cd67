/// Why no avatar can be made of a drawing. Each says what was found, and what to do.
public enum DrawingError: Error, Equatable, CustomStringConvertible {
    /// The file cannot be read.
    case unreadable(file: String, reason: String)
    /// It is no SVG.
    case notSVG(file: String, found: String)
    /// There is nothing that draws it.
    case noRenderer(String)
    /// What draws it does not.
    case notDrawn(file: String, reason: String)
    /// There is something wrong with it that cannot be overlooked: `visavis avatar lint` says all of it.
    case flawed(file: String, [DrawingFinding])

    /// What was found, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
        case .notSVG(let file, let found): "\(file): \(found); expected an SVG, whose root is <svg>"
        case .noRenderer(let program):
            "there is no \(program) to draw an SVG with; install it (Debian, Ubuntu: apt-get install librsvg2-bin)"
        case .notDrawn(let file, let reason): "\(file): rsvg-convert cannot draw it: \(reason)"
        case .flawed(let file, let findings):
            findings.reduce("\(file) cannot become an avatar:") { "\($0)\n  \($1)" }
        }
    }
}

/// Something that is to be said about a drawing.
public struct DrawingFinding: Sendable, Equatable, Codable, CustomStringConvertible {
    /// How much it matters.
    public enum Weight: String, Sendable, Codable {
        /// No avatar can be made.
        case error
        /// It will not look as it might.
        case warning
    }

    /// How much it matters.
    public var weight: Weight
    /// What was found, what was expected, and what to do.
    public var words: String

    /// `error: …` or `warning: …`.
    public var description: String { "\(weight.rawValue): \(words)" }
}
