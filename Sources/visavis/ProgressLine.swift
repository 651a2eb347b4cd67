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
        let share = min(1, Double(done) / Double(max(1, total)))
        let width = 30
        let full = Int(share * Double(width))
        let bar = String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
        return "\(bar) \(Int(share * 100))%  \(words)"
    }

    /// Takes the line away.
    func clear() { show("") }
}
