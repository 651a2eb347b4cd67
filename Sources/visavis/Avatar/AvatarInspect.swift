import ArgumentParser
import Avatars

/// `visavis avatar inspect`.
struct AvatarInspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Read all of an avatar, and say what it is or what is wrong with it.")

    @Argument(help: "The id of an avatar, or the path of a bundle.")
    var avatar: String

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func run() async throws {
        let summary = try await AvatarSummary(of: AvatarLibrary().locate(avatar))
        print(json ? try MachineOutput.line(summary) : summary.description)
    }
}
