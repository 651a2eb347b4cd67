import ArgumentParser
import Foundation
import Models

/// `visavis models list`.
struct ModelsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the models in the home (VISAVIS_HOME, or ~/.local/share/visavis).")

    @Flag(help: "One JSON object a line.")
    var json = false

    func run() throws {
        let library = ModelLibrary()
        let models = library.list().map { ModelSummary($0.model, name: $0.name) }
        if json {
            for model in models { print(try MachineOutput.line(model)) }
        } else if models.isEmpty {
            print("No models in \(library.folder.path); `visavis models pull musetalk-1.5` fetches one.")
        } else {
            print(ModelSummary.table(models))
        }
    }
}
