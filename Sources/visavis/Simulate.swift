public import ArgumentParser
import Batching
import BenchResult
import Charts
import Foundation
public import Simulation

/// `visavis simulate`.
struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the server's scheduler on a virtual clock against simulated sessions.",
        discussion: """
            How many sessions a device carries, and what each policy of batch sizes does for them, in seconds instead of \
            hours. Devices are as fast as `visavis bench` measured, or as --curve says. A frame is on time if it is made \
            before it is shown; the first sound is heard 80 ms after the first frame.
            """)

    @Option(help: "Connected sessions, 1 to 10,000; with --sweep the most that are tried.")
    var sessions = 100
    @Option(help: "Devices, all alike, 1 to 100.")
    var devices = 1
    @Option(help: "What `visavis bench` wrote.", completion: .file(extensions: ["json"]))
    var bench: String?
    @Option(help: "Milliseconds for a batch, and for each frame in it: 20,10.")
    var curve: String?
    @Option(help: "The largest batch of --curve.")
    var batchSize = 32
    @Option(help: "How batch sizes are decided: adaptive, memory, fixed:N; several with commas to compare them.")
    var policy = "adaptive"
    @Option(help: "The share of its time in which a session speaks, up to 1.")
    var speakingShare = 0.3
    @Option(help: "The shortest and the longest utterance, in seconds.")
    var utteranceSeconds = "2,10"
    @Option(help: "When sessions speak first: steady, or all at once in a burst.")
    var arrival = SpeechPattern.Arrival.steady
    @Option(help: "Batches that run side by side, as on cores; 0 for a GPU, which runs them one after the other.")
    var lanes = 0
    @Option(help: "How much the time of a batch varies, as a share of it.")
    var jitter = 0.05
    @Option(help: "Frames a second of speech.")
    var fps: Int?
    @Option(help: "How long, in simulated seconds.")
    var seconds = 60.0
    @Option(help: "Where chance begins; the same seed gives the same result.")
    var seed: UInt64 = 1
    @Flag(inversion: .prefixedNo, help: "Let in only as many as the devices carry.")
    var admission = true
    @Flag(help: "Look for the most sessions with 99% of the frames on time, all let in.")
    var sweep = false
    @Option(help: "Write a page with charts.", completion: .file(extensions: ["html"]))
    var html: String?
    @Flag(help: "JSON instead of a table.")
    var json = false

    func validate() throws {
        guard (bench == nil) != (curve == nil) else {
            throw ValidationError("Say how fast the devices are: with --bench FILE or with --curve, not with both.")
        }
        guard 2...BatchSizes.limit ~= batchSize else {
            throw ValidationError("--batch-size is \(batchSize); expected 2 to \(BatchSizes.limit).")
        }
        guard 0...256 ~= lanes else { throw ValidationError("--lanes is \(lanes); expected 0 to 256.") }
    }

    func run() throws {
        let plans = try self.plans()
        let line = ProgressLine(isShown: json ? false : ProgressLine().isShown)
        if sweep {
            let sweeps = try plans.map { plan in
                try SimulationSweep.run(plan) { line.show("\(plan.policy): \($0) sessions") }
            }
            line.clear()
            try write(SimulationPage.report(sweeps, subtitle: subtitle))
            try show(sweeps, table: sweeps.flatMap(Self.table))
        } else {
            let reports = try plans.map { plan in
                line.show("\(plan.policy): \(plan.sessions) sessions, \(Int(plan.seconds)) s")
                return try Simulation.run(plan)
            }
            line.clear()
            try write(SimulationPage.report(reports, subtitle: subtitle))
            try show(reports, table: Self.table(reports))
        }
    }

    // MARK: What comes in

    private func plans() throws -> [SimulationPlan] {
        let measured = try bench.map { try BenchResult(contentsOf: URL(filePath: $0)) }
        var plan = SimulationPlan(try measured.map { try DeviceCurve($0) } ?? givenCurve())
        plan.sessions = sessions
        plan.devices = devices
        plan.lanes = lanes == 0 ? .pipelined : .parallel(lanes)
        plan.speech.share = speakingShare
        plan.speech.arrival = arrival
        let lengths = try pair(utteranceSeconds, "--utterance-seconds")
        guard lengths.0 <= lengths.1 else {
            throw ValidationError("--utterance-seconds is \(utteranceSeconds); expected the shorter length first.")
        }
        plan.speech.utteranceSeconds = lengths.0...lengths.1
        plan.fps = fps ?? measured.flatMap { Int(exactly: $0.fps.rounded()) } ?? plan.fps
        plan.jitter = jitter
        plan.hasAdmission = admission
        plan.seconds = seconds
        plan.seed = seed
        return try policy.split(separator: ",", omittingEmptySubsequences: false).map { name in
            var plan = plan
            plan.policy = try BatchSizePolicy(String(name))
            return plan
        }
    }

    private func givenCurve() throws -> DeviceCurve {
        let (fixed, perFrame) = try pair(curve ?? "", "--curve")
        return try DeviceCurve(fixed: fixed, perFrame: perFrame, largestBatch: batchSize)
    }

    private func pair(_ text: String, _ option: String) throws -> (Double, Double) {
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        guard numbers.count == 2, let first = numbers[0], let second = numbers[1], first.isFinite, second.isFinite
        else { throw ValidationError("\(option) is \"\(text)\"; expected two numbers with a comma between them.") }
        return (first, second)
    }

    // MARK: What goes out

    private var subtitle: String {
        let speed = bench.map { "as fast as \($0) says" } ?? "\(curve ?? "") ms for a batch and each of its frames"
        return "\(devices) \(devices == 1 ? "device" : "devices"), \(speed); sessions speak "
            + "\(speakingShare.formatted(.percent)) of the time; \(Int(seconds)) s, seed \(seed)"
    }

    private func write(_ report: HTMLReport) throws {
        guard let html else { return }
        try Data(report.html.utf8).write(to: URL(filePath: html), options: .atomic)
    }

    private func show(_ result: some Encodable, table: [String]) throws {
        print(json ? try MachineOutput.line(result) : table.joined(separator: "\n"))
    }

    /// A line for each figure, a column for each policy.
    private static func table(_ reports: [SimulationReport]) -> [String] {
        let columns = zip(reports, Figure.table(reports)).map { report, figures in
            [("", report.policy)] + figures.map { ($0.name, $0.text) }
        }
        guard let first = columns.first else { return [] }
        return Columns.lines(first.indices.map { row in [first[row].0] + columns.map { $0[row].1 } })
    }

    /// A line for each number of sessions.
    private static func table(_ sweep: SimulationSweep) -> [String] {
        let rows = Figure.table(sweep.reports)
        guard let first = rows.first else { return [] }
        return [
            "\(sweep.policy): \(sweep.largest) sessions with 99 % of the frames on time; admission lets in "
                + "\(sweep.admitted)"
        ] + Columns.lines([first.map(\.name)] + rows.map { $0.map(\.text) }) + [""]
    }
}

extension SpeechPattern.Arrival: ExpressibleByArgument {}
