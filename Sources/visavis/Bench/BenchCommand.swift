import ArgumentParser

/// `visavis bench`.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure batch sizes of an engine on a device.",
        subcommands: [BenchRun.self, BenchCompare.self],
        defaultSubcommand: BenchRun.self)
}
