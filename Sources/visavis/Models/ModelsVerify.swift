import ArgumentParser
import Models

/// `visavis models verify`.
struct ModelsVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Read every byte of a model, and compare with the sums of its manifest.")

    @Argument(help: "The name of one of the home's models, or the path of a model directory.")
    var model: String
    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func run() async throws {
        let command = self
        try await Interruption.cancels { try command.verify() }
    }

    private func verify() throws {
        let model = try ModelLibrary().open(model)
        let progress = ModelsProgress(isShown: !json)
        defer { progress.clear() }
        let total = model.bytes
        try model.verify { progress.show("Verifying", bytes: $0, of: total) }
        progress.clear()
        let summary = ModelSummary(model)
        print(json ? try MachineOutput.line(summary) : "\(summary.made): every byte as imported")
    }
}
