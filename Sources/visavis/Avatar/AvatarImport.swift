import ArgumentParser
import AvatarPreparation
import Avatars
import Foundation
import Home
import Models

/// `visavis avatar import`: takes over what MuseTalk or LiveTalking has prepared.
struct AvatarImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take over an avatar that MuseTalk or LiveTalking has prepared.",
        discussion: """
            The folder is what MuseTalk's realtime_inference leaves in results/v15/avatars/NAME, or LiveTalking in \
            data/avatars/NAME: full_imgs, mask, coords.pkl, mask_coords.pkl, latents.pt and avator_info.json. Nothing \
            of it is run, and it stays as it is.
            """)

    @Argument(help: "The prepared folder.", completion: .directory)
    var folder: String

    @Option(help: "What the avatar is called here; as there if it is not given.")
    var name: String?

    @Option(help: "The model that prepared it: a name or a folder. The latents are held against it.")
    var model: String?

    @Flag(help: "Replace an avatar that has this name.")
    var force = false

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func run() async throws {
        let command = self
        try await Interruption.cancels {
            let summary = try await command.importFolder(into: VisavisHome(), showing: ProgressLine())
            print(command.json ? try MachineOutput.line(summary) : summary.description)
        }
    }

    /// Makes the bundle in `home`.
    func importFolder(into home: VisavisHome, showing line: ProgressLine) async throws -> AvatarSummary {
        let source = try MuseTalkFolder(URL(filePath: folder))
        let name = name ?? source.name
        let id = try AvatarRecipe.id(of: name)
        let target = home.avatars.appending(path: id)
        defer { line.clear() }
        let conversion = MuseTalkImport(source, preparedWith: try claim(in: home))
        try await conversion.write(to: target, id: id, name: name, replaces: force) { done, total in
            line.show(ProgressLine.bar(done: done, of: total, "of \(id)"))
        }
        return try await AvatarSummary(of: target)
    }

    private func claim(in home: VisavisHome) throws -> ClaimedModel? {
        guard let model else { return nil }
        let directory = try ModelLibrary(home: home).open(model)
        let weights = FaceModel(version: directory.manifest.version, fingerprint: directory.manifest.fingerprint)
        return ClaimedModel(weights, encoder: try directory.graph(.encoder))
    }
}
