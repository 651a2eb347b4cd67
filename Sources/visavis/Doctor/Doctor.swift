import ArgumentParser
import Foundation
import Server

/// `visavis doctor`.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what is installed, what is missing and what to type.",
        discussion: "Exits with 1 if something is missing without which Visavis does not work.")

    @Option(help: "The settings file to check; visavis.yaml if it exists.", completion: .file())
    var config: String?
    @Flag(help: "One JSON object instead of text.")
    var json = false

    private struct Report: Encodable {
        let healthy: Bool
        let findings: [Finding]
    }

    func run() async throws {
        let settings = Result { try ServerSettings(flags: [:], configurationFile: config) }
        let findings = await Examination(settings: settings).findings()
        let isHealthy = !findings.contains { $0.status == .missing }
        if json {
            print(try MachineOutput.line(Report(healthy: isHealthy, findings: findings)))
        } else {
            let isTerminal = isatty(STDOUT_FILENO) == 1
            for finding in findings {
                for line in finding.lines(coloured: isTerminal) { print(line) }
            }
        }
        guard isHealthy else { throw ExitCode.failure }
    }
}
