import Audio
import Foundation
import LipSync

/// A line on the terminal that shows how far a film is; nothing where stderr is no terminal.
final class RenderProgress {
    private let expectedFrames: Int?
    private let start: ContinuousClock.Instant
    private let line: ProgressLine
    private var lastShown: ContinuousClock.Instant?

    init(expectedFrames: Int?, start: ContinuousClock.Instant, line: ProgressLine = ProgressLine()) {
        self.expectedFrames = expectedFrames
        self.start = start
        self.line = line
    }

    /// Shows that `frames` are made; ten times a second are enough.
    func show(frames: Int) {
        guard line.isShown else { return }
        let now = ContinuousClock.now
        if let lastShown, now - lastShown < .milliseconds(100) { return }
        lastShown = now
        line.show(Self.line(frames: frames, of: expectedFrames, after: (now - start) / .seconds(1)))
    }

    /// Takes the line away.
    func clear() {
        guard lastShown != nil else { return }
        lastShown = nil
        line.clear()
    }

    /// Longer than any film; a damaged header may claim more, or no number at all.
    private static let longestSeconds = 1e9

    /// The frames of a film of `duration` seconds; nil where no film has that length.
    static func frameCount(ofSeconds duration: Double) -> Int? {
        guard (0...longestSeconds).contains(duration) else { return nil }
        return FrameTiming.frameCount(ofSamples: Int(duration * Double(SpeechFormat.sampleRate)))
    }

    /// The line: a bar, the share, frames, speed, and the time that is left, as far as the length is known.
    static func line(frames: Int, of expected: Int?, after seconds: Double) -> String {
        let speed = seconds > 0 ? Double(frames) / Double(FrameTiming.fps) / seconds : 0
        let pace = "\(frames) frames  \(String(format: "%.1f", speed))× real time"
        guard let expected, expected > 0 else { return pace }
        let line = ProgressLine.bar(done: frames, of: expected, pace)
        let left = speed > 0 ? max(0, Double(expected - frames) / Double(FrameTiming.fps) / speed) : 0
        return left <= longestSeconds ? "\(line)  \(Int(left.rounded(.up))) s left" : line
    }
}
