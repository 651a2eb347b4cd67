public import BenchResult
import Foundation

/// A result of `visavis bench` as rows of cells.
public enum BenchFigures {
    /// What the columns are, with their units.
    public static func head(_ result: BenchResult) -> [String] {
        [
            "batch", "\(decimal(result.secondsOfAudio)) s of audio, s", "a frame, ms", "a batch, ms", "frames/s",
            "sessions at \(decimal(result.fps)) fps", "memory", "busy",
        ]
    }

    /// A row's cells; what was not measured is a dash, and why a size could not be run takes the place of its times.
    public static func cells(_ row: BenchResult.Row) -> [String] {
        guard row.ok else {
            let words = row.error == "out_of_memory" ? "out of memory" : "failed"
            return ["\(row.batchSize)", words, "–", "–", "–", "–", "–", "–"]
        }
        return [
            "\(row.batchSize)", row.timeForAudio.map(spread) ?? "–", row.timePerFrame.map { decimal($0) } ?? "–",
            row.batchTime.map(spread) ?? "–", row.framesPerSecond.map { decimal($0) } ?? "–",
            row.sessionsAtFPS.map { decimal($0) } ?? "–", memory(row), row.utilisation.map { percent($0) } ?? "–",
        ]
    }

    /// The row with the most frames a second.
    public static func fastest(_ result: BenchResult) -> Int? {
        result.rows.indices.filter { result.rows[$0].ok }.max {
            (result.rows[$0].framesPerSecond ?? 0) < (result.rows[$1].framesPerSecond ?? 0)
        }
    }

    /// Three significant digits.
    static func decimal(_ value: Double) -> String {
        value.formatted(
            .number.precision(.significantDigits(1...max(3, 1 + Int(log10(max(1, abs(value)))))))
                .grouping(.never).locale(.init(identifier: "en")))
    }

    static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

    private static func spread(_ spread: BenchResult.Spread) -> String {
        "\(decimal(spread.median)) (\(decimal(spread.p5))–\(decimal(spread.p95)))"
    }

    private static func memory(_ row: BenchResult.Row) -> String {
        guard let used = row.memoryUsed, let total = row.memoryTotal else { return "–" }
        func gibibytes(_ bytes: Int) -> String { decimal(Double(bytes) / 1_073_741_824) }
        return "\(gibibytes(used)) of \(gibibytes(total)) GiB"
    }
}
