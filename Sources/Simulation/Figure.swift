import Foundation

/// A figure of a report, as tables show it.
public struct Figure: Sendable, Equatable {
    /// What it is, with its unit.
    public let name: String
    /// Its value.
    public let text: String

    /// What people look for in some reports, the policy apart: for each report as many figures. What is rare is left out
    /// where it happened in none.
    public static func table(_ reports: [SimulationReport]) -> [[Figure]] {
        let rows = reports.map(all)
        let rare = Set(["turned away", "refusals", "out of memory"])
        let common = (rows.first ?? []).indices.filter { column in
            rows.contains { !rare.contains($0[column].name) || $0[column].text != "0" }
        }
        return rows.map { row in common.map { row[$0] } }
    }

    private static func all(_ report: SimulationReport) -> [Figure] {
        func times(_ times: SimulationReport.Distribution?) -> String {
            times.map { [$0.p50, $0.p95, $0.p99].map { decimal($0, digits: 0) }.joined(separator: " / ") } ?? "–"
        }
        return [
            Figure(name: "sessions", text: "\(report.sessions)"),
            Figure(name: "on time", text: percent(report.onTimeShare)),
            Figure(name: "late", text: "\(report.frames.late)"),
            Figure(name: "dropped", text: "\(report.frames.dropped)"),
            Figure(name: "frames/s", text: decimal(report.framesPerSecond, digits: 1)),
            Figure(name: "first frame, ms: p50 / p95 / p99", text: times(report.firstFrame)),
            Figure(name: "queue, ms: p50 / p95 / p99", text: times(report.queueWait)),
            Figure(name: "busy", text: percent(report.utilisation)),
            Figure(name: "turned away", text: "\(report.turnedAway)"),
            Figure(name: "refusals", text: "\(report.refused)"),
            Figure(name: "out of memory", text: "\(report.outOfMemory)"),
        ]
    }

    /// `99.95 %`, never rounded up to all.
    static func percent(_ share: Double) -> String {
        share == 1 ? "100 %" : decimal((share * 10_000).rounded(.down) / 100, digits: 2) + " %"
    }

    static func decimal(_ value: Double, digits: Int) -> String {
        value.formatted(.number.precision(.fractionLength(digits)).grouping(.never).locale(.init(identifier: "en")))
    }
}
