import ArgumentParser

/// `visavis models`.
struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "Import, fetch, list and verify models.",
        subcommands: [])
}
