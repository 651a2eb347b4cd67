public import BenchResult
public import Charts

/// What was measured, as a page with charts.
public enum BenchPage {
    /// One result.
    public static func report(_ result: BenchResult) -> HTMLReport {
        let model = result.model.isEmpty ? "" : " with \(result.model)"
        var parts: [HTMLReport.Part] = []
        if let fastest = BenchFigures.fastest(result) { parts.append(.conclusion(conclusion(result, fastest))) }
        parts.append(
            .table(
                .init(
                    head: BenchFigures.head(result), rows: result.rows.map(BenchFigures.cells),
                    emphasisedRow: BenchFigures.fastest(result))))
        parts += result.rows.filter { !$0.ok }.map { row in
            .paragraph("Batches of \(row.batchSize): \(row.message ?? row.error ?? "not measured").")
        }
        parts += charts([("", result)]).map { .chart($0) }
        return HTMLReport(
            title: "\(result.engine)\(model) on \(result.deviceName)",
            subtitle: "Medians and 5th to 95th percentiles. \(result.machine)", parts: parts)
    }

    /// Two results beside each other.
    public static func report(_ comparison: BenchComparison) -> HTMLReport {
        HTMLReport(
            title: "Two measurements", subtitle: "A: \(comparison.a.deviceName). B: \(comparison.b.deviceName).",
            parts: comparison.differences.map { .paragraph($0) } + [
                .table(.init(head: BenchComparison.head, rows: comparison.cells))
            ] + charts([("A", comparison.a), ("B", comparison.b)]).map { .chart($0) })
    }

    private static func conclusion(_ result: BenchResult, _ fastest: Int) -> String {
        let row = result.rows[fastest]
        return "Batches of \(row.batchSize) are fastest: \(BenchFigures.decimal(row.framesPerSecond ?? 0)) frames a "
            + "second, enough for \(Int(row.sessionsAtFPS ?? 0)) who speak at the same time."
    }

    private static func charts(_ results: [(name: String, result: BenchResult)]) -> [any Chart] {
        let sizes = Set(results.flatMap { $0.result.rows.map { Double($0.batchSize) } }).sorted()
        let axis = Axis("frames in a batch", scale: .logarithmic, ticks: sizes)
        func chart(
            _ title: String, _ unit: String, _ point: (BenchResult.Row) -> XYSeries.Point?
        ) -> (any Chart)? {
            let series = results.map { XYSeries($0.name, $0.result.rows.filter(\.ok).compactMap(point)) }
            guard series.contains(where: { !$0.points.isEmpty }) else { return nil }
            return XYChart(title, x: axis, y: Axis(unit), series: series)
        }
        return [
            chart("Time of a batch", "milliseconds") { row in
                row.batchTime.map { .init(Double(row.batchSize), $0.median, spread: $0.p5...max($0.p5, $0.p95)) }
            },
            chart("Throughput", "frames a second") { row in
                row.framesPerSecond.map { .init(Double(row.batchSize), $0) }
            },
            chart("From speech to its last frame", "seconds") { row in
                row.timeForAudio.map { .init(Double(row.batchSize), $0.median, spread: $0.p5...max($0.p5, $0.p95)) }
            },
            chart("Memory in use", "GiB") { row in
                row.memoryUsed.map { .init(Double(row.batchSize), Double($0) / 1_073_741_824) }
            },
        ].compactMap { $0 }
    }
}
