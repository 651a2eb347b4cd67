public import BenchResult

/// How long a device takes for a batch of each size, and how much of its memory that takes.
public struct DeviceCurve: Sendable, Equatable {
    /// A size that was measured.
    private struct Point: Equatable {
        let size: Int
        let time: Duration
        /// 0…1; nil where it was not measured.
        let memoryShare: Double?
    }

    /// Increasing, one at least.
    private let points: [Point]
    /// The smallest batch for which there was no memory, if that was found out.
    private let tooLarge: Int?

    /// A time for each batch, and another for each frame in it, in milliseconds.
    /// - Parameters:
    ///   - fixed: 0 or more.
    ///   - perFrame: above 0.
    ///   - largestBatch: the largest batch that anybody runs, 2 or more.
    /// - Throws: ``SimulationError/curve(fixed:perFrame:)``.
    public init(fixed: Double, perFrame: Double, largestBatch: Int = 32) throws(SimulationError) {
        guard fixed >= 0, perFrame > 0, fixed + perFrame * Double(largestBatch) < 1e6 else {
            throw .curve(fixed: fixed, perFrame: perFrame)
        }
        points = [1, max(2, largestBatch)].map { size in
            Point(size: size, time: .seconds((fixed + perFrame * Double(size)) / 1000), memoryShare: nil)
        }
        tooLarge = nil
    }

    /// What `visavis bench` measured.
    /// - Throws: ``SimulationError/nothingMeasured`` where no row has a time.
    public init(_ bench: BenchResult) throws(SimulationError) {
        points = bench.rows.compactMap { row in
            guard row.ok, row.batchSize >= 1, let time = row.batchTime?.median, time > 0, time < 1e6 else { return nil }
            let share = row.memoryTotal.flatMap { total in
                total > 0 ? row.memoryUsed.map { Double($0) / Double(total) } : nil
            }
            return Point(size: row.batchSize, time: .seconds(time / 1000), memoryShare: share)
        }.sorted { $0.size < $1.size }
        guard let largest = points.last?.size else { throw .nothingMeasured }
        tooLarge = bench.rows.filter { $0.error == "out_of_memory" && $0.batchSize > largest }.map(\.batchSize).min()
    }

    /// The largest batch of which the time is known.
    public var largestBatch: Int { points[points.count - 1].size }

    /// The time of a batch: between two sizes on the line through them, beyond the largest at its time for a frame.
    func time(ofSize size: Int) -> Duration {
        guard let above = points.firstIndex(where: { $0.size >= size }) else {
            let last = points[points.count - 1]
            return last.time * size / last.size
        }
        guard above > 0, points[above].size > size else { return points[above].time }
        let (left, right) = (points[above - 1], points[above])
        return left.time + (right.time - left.time) * (size - left.size) / (right.size - left.size)
    }

    /// The share of the device's memory that batches of a size take, 0…1; nil where it was not measured.
    func memoryShare(ofSize size: Int) -> Double? {
        (points.first { $0.size >= size } ?? points.last)?.memoryShare
    }

    /// Whether there is memory for a batch.
    func hasMemory(forSize size: Int) -> Bool { tooLarge.map { size < $0 } ?? true }
}
