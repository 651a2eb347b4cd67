import ArgumentParser
import BenchResult
import Charts
import Foundation
import Planning

/// `visavis plan`.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Say which GPUs a number of people needs, and what they cost.",
        discussion: """
            Plans for filmed avatars, with full-size MuseTalk. Times and memory rest on published figures unless \
            --bench has measured ones; docs/planning.md says how. Exits with 1 if no GPU carries them within the budget.
            """)

    @Option(help: "How many people are connected.")
    var sessions: Int
    @Option(name: .customLong("speaking-share"), help: "The share of their time in which they are answered.")
    var speakingShare = 0.3
    @Option(help: "Frames a second.")
    var fps = 25.0
    @Option(help: "How long a first frame may take: 200ms or 0.2s.")
    var latency = Latency(seconds: 0.2)
    @Option(help: "What all cards may cost together, in the catalogue's currency.")
    var budget: Double?
    @Option(help: "The share of the time in which all who speak at once have to be carried.")
    var certainty = 0.99
    @Option(help: "What `visavis bench --json` measured on one GPU.", completion: .file())
    var bench: String?
    @Option(help: "Your own GPUs and prices: a YAML file as docs/planning.md describes it.", completion: .file())
    var catalogue: String?
    @Option(help: "Write a page with charts.", completion: .file())
    var html: String?
    @Flag(help: "One JSON object instead of a table.")
    var json = false

    func validate() throws {
        do {
            _ = try demand()
        } catch {
            throw ValidationError("\(error).")
        }
    }

    func run() async throws {
        let standard = try GPUCatalogue.standard()
        let catalogue = try catalogue.map { try GPUCatalogue(contentsOf: URL(filePath: $0)) } ?? standard
        let cost =
            try bench.map {
                try FrameCost(calibrating: BenchResult(contentsOf: URL(filePath: $0)), with: catalogue)
            } ?? .published
        let plan = Plan(
            for: try demand(), with: catalogue, cost: cost, isCalibrated: bench != nil,
            comparisons: PublishedComparison.all(of: try PublishedFigure.standard(), with: cost, on: standard))
        if let html { try write(HTMLReport(plan, with: catalogue), to: html) }
        print(json ? try MachineOutput.line(plan) : text(plan))
        guard plan.choice != nil else { throw ExitCode.failure }
    }

    private func demand() throws -> Demand {
        try Demand(
            sessions: sessions, speakingShare: speakingShare, fps: fps, latency: latency.seconds, budget: budget,
            certainty: certainty)
    }

    private func write(_ report: HTMLReport, to file: String) throws {
        do {
            try Data(report.html.utf8).write(to: URL(filePath: file), options: .atomic)
        } catch {
            throw PlanningError.unwritable(file: file, reason: error.localizedDescription)
        }
    }

    private func text(_ plan: Plan) -> String {
        var lines =
            [plan.question, ""] + Columns.lines([plan.head] + plan.rows) + ["", plan.reason, "", plan.basis, ""]
        lines += Columns.lines([Plan.comparisonHead] + plan.comparisonRows)
        return lines.joined(separator: "\n")
    }

    /// A time with its unit.
    struct Latency: ExpressibleByArgument {
        var seconds: Double

        init(seconds: Double) { self.seconds = seconds }

        init?(argument: String) {
            let units = [("ms", 0.001), ("s", 1.0)]
            guard let (unit, factor) = units.first(where: { argument.hasSuffix($0.0) }),
                let number = Double(argument.dropLast(unit.count))
            else { return nil }
            seconds = number * factor
        }

        var defaultValueDescription: String { "\(Int(seconds * 1_000))ms" }
    }
}
