import ArgumentParser
import AvatarPreparation
import Foundation

/// `visavis avatar lint`.
struct AvatarLint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint", abstract: "Say what a layered drawing lacks to become an avatar.",
        discussion: """
            The drawing is an SVG; docs/avatars.md says which parts need a name. Ends with 1 if no avatar can be made of it.
            """)

    @Argument(help: "The drawing: an SVG file.", completion: .file())
    var drawing: String

    @Flag(help: "Print the findings as a JSON list.")
    var json = false

    func run() async throws {
        let findings = try await LayeredDrawing(URL(filePath: drawing)).findings()
        if json {
            print(try MachineOutput.line(findings))
        } else if findings.isEmpty {
            print("\(drawing): everything is there.")
        } else {
            for finding in findings { print("\(drawing): \(finding)") }
        }
        if findings.contains(where: { $0.weight == .error }) { throw ExitCode(1) }
    }
}
