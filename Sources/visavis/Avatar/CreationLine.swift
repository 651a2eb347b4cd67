import AvatarPreparation
import Foundation
import Synchronization

/// A line on the terminal that shows how far the making of an avatar is.
final class CreationLine: Sendable {
    /// When the stage began, and when the line was last written.
    private struct State {
        var stage: CreationProgress.Stage?
        var first = 0
        var start = ContinuousClock.now
        var lastShown: ContinuousClock.Instant?
    }

    private let line: ProgressLine
    private let state = Mutex(State())

    init(isShown: Bool) {
        line = isShown ? ProgressLine() : ProgressLine(isShown: false)
    }

    /// Shows how far it is; ten times a second are enough.
    func show(_ progress: CreationProgress) {
        guard line.isShown else { return }
        let text: String? = state.withLock { state in
            let now = ContinuousClock.now
            if state.stage != progress.stage {
                state = State(stage: progress.stage, first: progress.done, start: now, lastShown: nil)
            }
            if let lastShown = state.lastShown, now - lastShown < .milliseconds(100) { return nil }
            state.lastShown = now
            return Self.line(progress, since: state.first, after: (now - state.start) / .seconds(1))
        }
        if let text { line.show(text) }
    }

    /// Takes the line away.
    func clear() { line.clear() }

    /// The line: a bar, what is done, frames, and the time that is left.
    /// - Parameters:
    ///   - first: frames that were done when the clock started: those of an interrupted run cost no time.
    ///   - seconds: on the clock.
    static func line(_ progress: CreationProgress, since first: Int, after seconds: Double) -> String {
        let words =
            switch progress.stage {
            case .findingFaces: "Finding the face"
            case .parsingFaces: "Parsing the face"
            case .encodingFaces: "Encoding the face"
            case .compressing: "Compressing"
            }
        guard let total = progress.total, total > 0 else { return "\(words): \(progress.done) frames" }
        let text = ProgressLine.bar(
            done: progress.done, of: total, "\(words): \(progress.done) of \(total) frames")
        let done = progress.done - first
        guard done > 0, seconds > 1 else { return text }
        let left = max(0, Double(total - progress.done) * seconds / Double(done))
        return "\(text), \(Self.words(forSeconds: left)) left"
    }

    private static func words(forSeconds seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        return switch whole {
        case ..<100: "\(whole) s"
        case ..<6_000: "\((whole + 59) / 60) min"
        default: String(format: "%.1f h", seconds / 3_600)
        }
    }
}
