import Avatars
import Foundation
import Video

/// What an interrupted run was about: whether what it left can be used.
struct WorkRecord: Codable, Equatable {
    /// What decides frames and the faces in them.
    struct Film: Codable, Equatable {
        var path: String
        var bytes: Int
        var modified: Double
        var start: Double
        var longest: Double
        var isPhoto: Bool
        var detector: String
        var landmarks: String?
    }

    /// What decides latents besides.
    struct Crop: Codable, Equatable {
        var faceNumber: Int
        var bboxShift: Int
        var extraMargin: Int
        var model: FaceModel
        var encoder: String
    }

    var film: Film
    var crop: Crop
    /// Frames in all; nil until all have been looked at.
    var frames: Int?

    init(_ recipe: AvatarRecipe) {
        // Of a folder of pictures, each of them decides.
        let files = [recipe.source] + ((try? PictureFolder(recipe.source).files) ?? [])
        let attributes = files.map { (try? FileManager.default.attributesOfItem(atPath: $0.path)) ?? [:] }
        film = Film(
            path: recipe.source.standardizedFileURL.path,
            bytes: attributes.reduce(0) { $0 + (($1[.size] as? NSNumber)?.intValue ?? 0) },
            modified: attributes.compactMap { ($0[.modificationDate] as? Date)?.timeIntervalSince1970 }.max() ?? 0,
            start: recipe.start,
            longest: recipe.longest, isPhoto: recipe.isPhoto, detector: recipe.detector.lastPathComponent,
            landmarks: recipe.landmarks?.lastPathComponent)
        crop = Crop(
            faceNumber: recipe.faceNumber, bboxShift: recipe.bboxShift, extraMargin: recipe.extraMargin,
            model: recipe.model, encoder: recipe.encoder.standardizedFileURL.path)
    }

    private static func file(in folder: URL) -> URL { folder.appending(path: "record.json") }

    /// The record of an interrupted run; nil if there is none that can be read.
    static func read(in folder: URL) -> WorkRecord? {
        (try? Data(contentsOf: file(in: folder))).flatMap { try? JSONDecoder().decode(WorkRecord.self, from: $0) }
    }

    /// Keeps it for a later run.
    func write(in folder: URL) throws {
        try JSONEncoder().encode(self).write(to: Self.file(in: folder), options: .atomic)
    }
}
