/// A line on the terminal that shows how far an import, a download or a verification is.
final class ModelsProgress {
    private let line: ProgressLine
    private var lastShown: ContinuousClock.Instant?

    init(isShown: Bool) {
        line = isShown ? ProgressLine() : ProgressLine(isShown: false)
    }

    /// Shows `text`, as far as a terminal is wide.
    func show(_ text: String) {
        line.show(String(text.prefix(100)))
    }

    /// Shows that `done` of `total` steps are over, and which one goes on.
    func show(_ text: String, done: Int, of total: Int) {
        show(ProgressLine.bar(done: done, of: total, text))
    }

    /// Shows that `done` of `total` bytes are there; ten times a second are enough.
    func show(_ text: String, bytes done: Int, of total: Int?) {
        let now = ContinuousClock.now
        if let lastShown, now - lastShown < .milliseconds(100) { return }
        lastShown = now
        show(Self.line(text, bytes: done, of: total))
    }

    /// Takes the line away.
    func clear() { line.clear() }

    static func line(_ text: String, bytes done: Int, of total: Int?) -> String {
        guard let total, total > 0 else { return "\(ByteCount(done))  \(text)" }
        return ProgressLine.bar(done: done, of: total, "\(ByteCount(done)) of \(ByteCount(total))  \(text)")
    }
}
