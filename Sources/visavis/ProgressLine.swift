import Foundation

/// A line on the terminal that is written over; nothing where stderr is no terminal.
struct ProgressLine: Sendable {
    /// Whether anything is shown.
    let isShown: Bool

    init(isShown: Bool = isatty(STDERR_FILENO) == 1) {
        self.isShown = isShown
    }

    /// Shows `text` in place of what the line said.
    func show(_ text: String) {
        guard isShown else { return }
        // Back to its beginning (CR), and erase to its end (ECMA-48, EL).
        FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
    }

    /// A bar, the share, and what it is of.
    static func bar(done: Int, of total: Int, _ words: String) -> String {
        "\(bar(Double(done) / Double(max(1, total))))  \(words)"
    }

    /// A bar and its share, 0…1; what lies beyond counts as its end.
    static func bar(_ share: Double) -> String {
        let share = max(0, min(1, share))
        let width = 30
        let full = Int(share * Double(width))
        return String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
            + " \(Int(share * 100))%"
    }

    /// Takes the line away.
    func clear() { show("") }
}
