import AvatarPreparation
import Avatars
import Foundation
import TestSupport

/// What it takes to make avatars in tests: films made from the recordings, a trained detector, the small model.
final class Studio: Sendable {
    /// Where films and avatars are.
    let place: TemporaryFolder

    init() throws { place = try TemporaryFolder() }

    /// True where everything is at hand.
    static var isOpen: Bool {
        Recording.clip.exists && MiniModel.exists && FileManager.default.fileExists(atPath: detector.path)
    }

    /// The face detector, which lies beside the project.
    static let detector = Golden.url("").deletingLastPathComponent().appending(path: "models/scrfd_2.5g_kps.onnx")

    /// The folder of bundles.
    var avatars: URL { place.url.appending(path: "avatars") }

    /// What lies in the folder of bundles.
    var made: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: avatars.path)) ?? []).sorted() }

    /// Runs ffmpeg on the recording of a person, or on what `arguments` name.
    func film(_ name: String, _ arguments: String...) throws -> URL {
        let file = place.url.appending(path: name)
        let errors = place.url.appending(path: "\(name).txt")
        let words = ["-v", "error", "-y"] + arguments + [file.path]
        let status = try ChildProcess(URL(filePath: "/usr/bin/ffmpeg"), words, errors: errors).waitForExit()
        guard status == 0 else { throw Failure(words: try String(contentsOf: errors, encoding: .utf8)) }
        return file
    }

    /// What ffmpeg said.
    struct Failure: Error {
        var words: String
    }

    /// A recipe for `source`, of half a second.
    func recipe(_ source: URL) -> AvatarRecipe {
        var recipe = AvatarRecipe(
            source: source, id: "film", name: "Film", model: FaceModel(version: "1.5", fingerprint: "mini"),
            encoder: MiniModel.folder.appending(path: "encoder.onnx"), detector: Self.detector)
        recipe.longest = 0.4
        return recipe
    }

    /// Makes an avatar.
    @discardableResult
    func create(_ recipe: AvatarRecipe) async throws -> CreatedAvatar {
        try await AvatarCreator(recipe).create(in: avatars)
    }
}
