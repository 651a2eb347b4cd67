import ArgumentParser
import AvatarPreparation
import Avatars
import Foundation
import Home

/// `--engine` of `visavis avatar create`.
enum FaceEngine: String, ExpressibleByArgument, CaseIterable {
    case musetalk, viseme
}

extension AvatarCreate {
    /// Makes an avatar whose picture is warped.
    func createRigged(in home: VisavisHome) async throws -> CreationResult {
        let recipe = try rigRecipe(in: home)
        let line = CreationLine(isShown: !json)
        defer { line.clear() }
        let made = try await RigCreator(recipe, progress: line.show).create(in: home.avatars)
        return CreationResult(avatar: try await AvatarSummary(of: made.folder), notes: made.notes)
    }

    private func rigRecipe(in home: VisavisHome) throws -> RigRecipe {
        var recipe = RigRecipe(try rigSource, id: try AvatarRecipe.id(of: name), name: name)
        recipe.landmarks = try landmarks.map { try RigLandmarks(contentsOf: URL(filePath: $0)) }
        recipe.detector = faceDetector.map { URL(filePath: $0) } ?? FaceDetector.file(in: home.models)
        if let named = faceDetector, let file = recipe.detector, !FileManager.default.fileExists(atPath: file.path) {
            throw CreationError.detectorMissing(places: [named])
        }
        recipe.landmarkDetector = LandmarkDetector.file(in: home.models)
        recipe.faceNumber = face
        recipe.start = from
        recipe.longest = maxSeconds ?? recipe.longest
        recipe.replaces = force
        return recipe
    }

    private var rigSource: RigRecipe.Source {
        get throws {
            if let svg { return .drawing(URL(filePath: svg)) }
            if let photo { return .photo(URL(filePath: photo)) }
            return .film(URL(filePath: video ?? ""))
        }
    }
}
