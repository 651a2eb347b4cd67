import ArgumentParser
import AvatarPreparation
import Avatars
import Foundation

/// `visavis avatar inspect`.
struct AvatarInspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Read all of an avatar, and say what it is or what is wrong with it.")

    @Argument(help: "The id of an avatar, or the path of a bundle.")
    var avatar: String

    @Option(
        help: "Write a picture of what a rigged face looks like in the poses of speech: a PNG file.",
        completion: .file())
    var sheet: String?

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func run() async throws {
        let folder = try AvatarLibrary().locate(avatar)
        let summary = try await AvatarSummary(of: folder)
        if let sheet { try await PoseSheet.write(of: Avatar.load(from: folder), to: URL(filePath: sheet)) }
        print(json ? try MachineOutput.line(summary) : summary.description)
    }
}
