public import BenchResult

/// Two measurements beside each other, size by size.
public struct BenchComparison: Sendable, Equatable {
    /// The one that the other is held against.
    public let a: BenchResult
    /// The other.
    public let b: BenchResult

    /// Puts them together.
    public init(_ a: BenchResult, _ b: BenchResult) { (self.a, self.b) = (a, b) }

    /// What differs besides the times, so that they say less than they seem to; a sentence each.
    public var differences: [String] {
        let what: [(String, KeyPath<BenchResult, String>)] = [
            ("Engines", \.engine), ("Models", \.model), ("Devices", \.deviceName), ("Machines", \.machine),
        ]
        var found = what.filter { a[keyPath: $0.1] != b[keyPath: $0.1] }.map { name, path in
            "\(name) differ: \(a[keyPath: path]) and \(b[keyPath: path])."
        }
        if a.secondsOfAudio != b.secondsOfAudio {
            found.append("Lengths of the speech differ: \(a.secondsOfAudio) s and \(b.secondsOfAudio) s.")
        }
        return found
    }

    /// What the columns are.
    public static let head = ["batch", "A frames/s", "B frames/s", "B / A", "A batch, ms", "B batch, ms", "B / A"]

    /// A row for each size that either has.
    public var cells: [[String]] {
        let sizes = Set((a.rows + b.rows).map(\.batchSize)).sorted()
        return sizes.map { size in
            let pair = [a, b].map { $0.rows.first { $0.batchSize == size } }
            return ["\(size)"] + Self.cells(pair) { $0.framesPerSecond } + Self.cells(pair) { $0.batchTime?.median }
        }
    }

    /// Both values, and how many times the first the second is.
    private static func cells(_ rows: [BenchResult.Row?], _ value: (BenchResult.Row) -> Double?) -> [String] {
        let values = rows.map { row in row.flatMap { $0.ok ? value($0) : nil } }
        let ratio = values.allSatisfy { ($0 ?? 0) > 0 } ? (values[1] ?? 0) / (values[0] ?? 1) : nil
        return zip(values, rows).map { value, row in
            value.map { BenchFigures.decimal($0) } ?? (row?.error == "out_of_memory" ? "out of memory" : "–")
        } + [ratio.map { "\(BenchFigures.decimal($0))×" } ?? "–"]
    }
}
