import ArgumentParser

/// `visavis models`.
struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "Fetch, import, list and verify models.",
        subcommands: [ModelsPull.self, ModelsImport.self, ModelsList.self, ModelsVerify.self])
}
