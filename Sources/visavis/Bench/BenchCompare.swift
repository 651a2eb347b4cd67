import ArgumentParser
import Bench
import BenchResult
import Charts
import Foundation

/// `visavis bench compare`.
struct BenchCompare: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Hold one result against another.")

    @Argument(help: "What `visavis bench` wrote.", completion: .file(extensions: ["json"]))
    var a: String
    @Argument(help: "Another.", completion: .file(extensions: ["json"]))
    var b: String
    @Option(help: "Write a page with charts.", completion: .file(extensions: ["html"]))
    var html: String?

    func run() throws {
        let comparison = BenchComparison(
            try BenchResult(contentsOf: URL(filePath: a)), try BenchResult(contentsOf: URL(filePath: b)))
        let lines = comparison.differences + Columns.lines([BenchComparison.head] + comparison.cells)
        print(lines.joined(separator: "\n"))
        if let html {
            try Data(BenchPage.report(comparison).html.utf8).write(to: URL(filePath: html), options: .atomic)
        }
    }
}
