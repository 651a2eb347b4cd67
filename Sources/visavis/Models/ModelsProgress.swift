import Foundation

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
        show("\(Self.bar(Double(done) / Double(max(1, total))))  \(text)")
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
        guard let total, total > 0 else { return "\(size(done))  \(text)" }
        return "\(bar(Double(done) / Double(total)))  \(size(done)) of \(size(total))  \(text)"
    }

    static func bar(_ share: Double) -> String {
        let width = 30
        let full = Int(max(0, min(1, share)) * Double(width))
        return String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
            + " \(Int(max(0, min(1, share)) * 100))%"
    }

    /// Decimal units, as download pages have them.
    static func size(_ bytes: Int) -> String {
        switch bytes {
        case 1_000_000_000...: String(format: "%.2f GB", Double(bytes) / 1e9)
        case 1_000_000...: String(format: "%.1f MB", Double(bytes) / 1e6)
        default: "\((bytes + 999) / 1000) kB"
        }
    }
}
