import Foundation

extension LoadReport {
    /// The report for people.
    public var table: String {
        var lines = [
            row("sessions", "\(connected) of \(sessions) connected, \(decimal(seconds)) s"),
            row("utterances", "\(utterances)"),
        ]
        if frames.received + frames.missing > 0 {
            lines.append(
                row(
                    "frames",
                    "\(frames.received) received, \(frames.late) late, \(frames.missing) missing: "
                        + "\(decimal(frames.onTimeShare * 100, digits: 2))% on time"))
            lines.append(row("late sound", "\(lateAudio) pieces"))
        }
        lines.append(
            row("bytes", "\(size(bytesReceived)) received, \(size(bytesSent)) sent"))
        let times = [
            ("first sound", firstAudio), ("first frame", firstFrame), ("lateness", lateness), ("jitter", jitter),
        ]
        lines += table("milliseconds", times)
        let steps = steps.sorted { $0.value.p50 < $1.value.p50 }.map { ($0.key, Optional($0.value)) }
        lines += table("server says", steps + [("own share", ownShare)])
        if server != nil || client != nil { lines.append("") }
        for case (let name, let usage?) in [("server", server), ("load test", client)] {
            lines.append(
                row(
                    name,
                    "\(decimal(usage.cpuSeconds)) s of CPU (\(decimal(usage.cores, digits: 2)) cores), "
                        + "\(decimal(usage.peakMiB)) MiB resident at most"))
        }
        if !errors.isEmpty {
            lines.append("")
            lines += errors.sorted { $0.value > $1.value }.map { row("\($0.value) × error", $0.key) }
        }
        return lines.joined(separator: "\n")
    }

    private func table(_ title: String, _ times: [(String, Distribution?)]) -> [String] {
        let rows = times.compactMap { name, times in
            times.map { row(name, columns([$0.p50, $0.p95, $0.p99, $0.max].map { decimal($0) })) }
        }
        return rows.isEmpty ? [] : ["", row(title, columns(["p50", "p95", "p99", "max"]))] + rows
    }

    private func row(_ name: String, _ value: String) -> String {
        name + String(repeating: " ", count: max(1, 18 - name.count)) + value
    }

    private func columns(_ cells: [String]) -> String {
        cells.map { String(repeating: " ", count: max(0, 9 - $0.count)) + $0 }.joined()
    }

    private func decimal(_ value: Double, digits: Int = 1) -> String {
        value.formatted(.number.precision(.fractionLength(digits)).grouping(.never).locale(.init(identifier: "en")))
    }

    private func size(_ bytes: Int) -> String {
        "\(decimal(Double(bytes) / 1_048_576)) MiB"
    }
}
