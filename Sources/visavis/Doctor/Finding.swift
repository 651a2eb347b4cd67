/// What `visavis doctor` found out about one thing.
struct Finding: Encodable, Equatable {
    /// How it is.
    enum Status: String, Encodable {
        /// As it should be.
        case ok
        /// Visavis works, but not with everything.
        case warning
        /// Visavis does not work without it.
        case missing
    }

    /// What was looked at.
    var name: String
    /// How it is.
    var status: Status
    /// What was found.
    var found: String
    /// What to do about it; nil if nothing.
    var remedy: String?

    static func ok(_ name: String, _ found: String) -> Finding {
        Finding(name: name, status: .ok, found: found)
    }

    static func warning(_ name: String, _ found: String, remedy: String) -> Finding {
        Finding(name: name, status: .warning, found: found, remedy: remedy)
    }

    static func missing(_ name: String, _ found: String, remedy: String) -> Finding {
        Finding(name: name, status: .missing, found: found, remedy: remedy)
    }

    private static let nameWidth = 10

    /// The lines that people read.
    func lines(coloured: Bool) -> [String] {
        let (mark, colour) =
            switch status {
            case .ok: ("ok     ", 32)
            case .warning: ("warning", 33)
            case .missing: ("missing", 31)
            }
        let padding = String(repeating: " ", count: max(1, Self.nameWidth - name.count))
        let head = coloured ? "\u{1B}[\(colour)m\(mark)\u{1B}[0m" : mark
        let indent = String(repeating: " ", count: mark.count + Self.nameWidth + 2)
        return ["\(head)  \(name)\(padding)\(found)"] + (remedy.map { ["\(indent)→ \($0)"] } ?? [])
    }
}
