public import Charts

/// What was simulated, as a page with charts.
public enum SimulationPage {
    /// One simulation for each of several policies.
    /// - Parameters:
    ///   - reports: the first is the one that stands out.
    ///   - subtitle: what the devices are, in words.
    public static func report(_ reports: [SimulationReport], subtitle: String) -> HTMLReport {
        let first = reports.map(\.sessions).first ?? 0
        return HTMLReport(
            title: "\(first) simulated sessions", subtitle: subtitle,
            parts: [
                .table(table(reports)),
                .chart(
                    BarChart(
                        "Frames on time", axis: Axis("% of the frames that were wanted"), series: ["on time"],
                        bars: reports.map { report in
                            .init(
                                report.policy, [report.onTimeShare * 100],
                                labels: ["\(Figure.percent(report.onTimeShare))"],
                                isEmphasised: report.policy == reports.first?.policy)
                        })),
                .chart(
                    BarChart(
                        "From an utterance's first sound to its first frame", axis: Axis("milliseconds"),
                        series: ["median", "p95", "p99"],
                        bars: reports.map { report in
                            .init(
                                report.policy,
                                [report.firstFrame?.p50, report.firstFrame?.p95, report.firstFrame?.p99])
                        })),
                .chart(
                    XYChart(
                        "Batches of each size",
                        x: Axis("frames in a batch", scale: .logarithmic, ticks: [1, 2, 4, 8, 16, 32, 64]),
                        y: Axis("% of all frames"), series: reports.map(sizes))),
            ])
    }

    /// Ever more sessions for each of several policies.
    public static func report(_ sweeps: [SimulationSweep], subtitle: String) -> HTMLReport {
        HTMLReport(
            title: "How many sessions", subtitle: subtitle,
            parts: [
                .conclusion(
                    sweeps.map { "\($0.policy): \($0.largest) sessions with 99 % of the frames on time" }
                        .joined(separator: "; ") + "."),
                .paragraph(
                    "Everybody is let in here. With admission, "
                        + sweeps.map { "\($0.policy) would stop at \($0.admitted)" }.joined(separator: ", ") + "."),
                .chart(
                    XYChart(
                        "Frames on time", x: sessionAxis, y: Axis("% of the frames that were wanted"),
                        series: sweeps.map { series($0) { $0.onTimeShare * 100 } },
                        references: [.init(.y, at: SimulationSweep.goal * 100, "99 %")])),
                .chart(
                    XYChart(
                        "First frame, 95th percentile", x: sessionAxis, y: Axis("milliseconds"),
                        series: sweeps.map { series($0) { $0.firstFrame?.p95 } })),
                .chart(
                    XYChart(
                        "Devices busy", x: sessionAxis, y: Axis("% of the time"),
                        series: sweeps.map { series($0) { $0.utilisation * 100 } })),
            ]
                + sweeps.flatMap { sweep in
                    [HTMLReport.Part.heading(sweep.policy), .table(table(sweep.reports, firstColumn: "sessions"))]
                })
    }

    private static let sessionAxis = Axis("sessions", scale: .logarithmic)

    private static func series(_ sweep: SimulationSweep, _ value: (SimulationReport) -> Double?) -> XYSeries {
        XYSeries(
            sweep.policy,
            sweep.reports.compactMap { report in value(report).map { .init(Double(report.sessions), $0) } })
    }

    private static func sizes(_ report: SimulationReport) -> XYSeries {
        let frames = report.batches.reduce(0) { $0 + $1.key * $1.value }
        return XYSeries(
            report.policy,
            report.batches.sorted { $0.key < $1.key }.map { size, count in
                .init(Double(size), 100 * Double(size * count) / Double(frames))
            })
    }

    private static func table(_ reports: [SimulationReport], firstColumn: String = "policy") -> HTMLReport.Table {
        let rows = Figure.table(reports).map { row in
            row.filter { firstColumn == "policy" || $0.name != "sessions" }
        }
        return HTMLReport.Table(
            head: [firstColumn] + (rows.first ?? []).map(\.name),
            rows: zip(reports, rows).map { report, figures in
                [firstColumn == "policy" ? report.policy : "\(report.sessions)"] + figures.map(\.text)
            },
            emphasisedRow: firstColumn == "policy" ? 0 : nil)
    }
}
