import Audio

/// A recording, cut where its speaker pauses.
enum Phrases {
    private static let frameLength = SpeechFormat.sampleRate / 50
    /// Shorter than any silence that ends a turn, longer than the closure of a plosive.
    private static let pauseFrames = 15
    /// A breath or a click is shorter than that.
    private static let shortestFrames = 25
    /// Quieter than this share of the loudest 20 ms is a pause.
    private static let floor = 0.05

    /// The phrases, each from its first sound to its last.
    /// - Parameter longest: what is longer is cut there, in samples.
    static func cut(_ recording: [Int16], longest: Int) -> [[Int16]] {
        let levels = stride(from: 0, to: recording.count, by: frameLength).map { start in
            level(of: recording[start..<min(start + frameLength, recording.count)])
        }
        let threshold = (levels.max() ?? 0) * floor
        var phrases: [[Int16]] = []
        var loud: ClosedRange<Int>?
        func finish() {
            if let loud, loud.count >= shortestFrames {
                let end = min((loud.upperBound + 1) * frameLength, recording.count)
                phrases.append(Array(recording[(loud.lowerBound * frameLength)..<end]))
            }
            loud = nil
        }
        for (index, level) in levels.enumerated() {
            if let started = loud,
                index - started.upperBound > pauseFrames || (index + 1 - started.lowerBound) * frameLength > longest
            {
                finish()
            }
            if level > threshold { loud = (loud?.lowerBound ?? index)...index }
        }
        finish()
        return phrases
    }

    private static func level(of samples: ArraySlice<Int16>) -> Double {
        let energy = samples.reduce(0.0) { $0 + Double($1) * Double($1) }
        return (energy / Double(max(samples.count, 1))).squareRoot()
    }
}
