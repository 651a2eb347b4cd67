import ArgumentParser

/// The command line: each subcommand is a client of the libraries.
@main
struct Visavis: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "visavis",
        abstract: "A real-time digital human.",
        version: "0.1.0",
        subcommands: [
            Serve.self, Render.self, AvatarCommand.self, ModelsCommand.self, LoadCommand.self, BenchCommand.self,
            PlanCommand.self, Simulate.self, Doctor.self, SpeechWorkerCommand.self,
        ])
}
