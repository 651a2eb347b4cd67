import ArgumentParser
import AvatarPreparation
import Avatars
import Engines
import Foundation
import Home
import Inference
import Models

/// Carries out a ``RenderPlan``: makes the avatars and the films that a file like MuseTalk's `realtime.yaml` asks for.
struct RenderBatch {
    /// The file.
    var configuration: RenderConfiguration
    /// Where films go: `folder/AVATAR/CLIP.mp4`.
    var folder: URL
    /// Whether an avatar that exists may be made again.
    var replaces: Bool
    /// Whether only results are shown.
    var isQuiet: Bool
    /// What avatars are made with, and films.
    var settings: EngineSettings
    /// What of the faces is repainted in avatars that are made.
    var faceOptions: FaceOptions

    /// Makes everything, one after the other.
    /// - Parameters:
    ///   - home: where models and avatars lie.
    ///   - onAvatar: is told of each avatar that was made.
    ///   - onFilm: is told of each film.
    func run(
        in home: VisavisHome, onAvatar: (CreationResult) throws -> Void, onFilm: (RenderResult) throws -> Void
    ) async throws {
        let library = AvatarLibrary(home: home)
        let known = Set(library.list().map(\.id))
        let plan = try RenderPlan(
            configuration, into: folder,
            workingFolder: URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory),
            replaces: replaces, isPrepared: { name in (try? AvatarRecipe.id(of: name)).map(known.contains) ?? false })
        let films = FilmMaker(settings, library: library)
        for step in plan.steps {
            try Task.checkCancellation()
            switch step {
            case .prepare(let preparation):
                try onAvatar(await creation(preparation, in: home).create(in: home))
            case .render(let film):
                try FileManager.default.createDirectory(
                    at: film.output.deletingLastPathComponent(), withIntermediateDirectories: true)
                let id = try AvatarRecipe.id(of: film.avatar)
                try onFilm(await films.make(FilmSpeech(recording: film.audio), by: id, to: film.output.path))
            }
        }
    }

    /// What `visavis avatar create` would be told.
    private func creation(_ preparation: RenderPlan.Preparation, in home: VisavisHome) throws -> AvatarCreate {
        var words = [
            "--video=\(preparation.video.path)", "--name=\(preparation.avatar)",
            "--device=\(settings.devices.first ?? .cpu)", "--threads=\(settings.threads)",
        ]
        if settings.model != EngineSettings.automaticModel { words.append("--model=\(settings.model)") }
        if replaces { words.append("--force") }
        if isQuiet { words.append("--json") }
        var creation = try AvatarCreate.parse(words)
        creation.faceOptions = faceOptions
        // As MuseTalk does: for version 1.5 the file's number is not looked at.
        if try creation.chosenModel(in: home).manifest.version == "1.0" { creation.bboxShift = preparation.bboxShift }
        return creation
    }
}
