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

    /// Takes the line away.
    func clear() { show("") }
}
