import AvatarPreparation
import Avatars
import Foundation
import HTTPTypes
import Home
import Video

/// Makes avatars of photos that the page `/avatars/edit` sends, one after the other, and lets them onto the stage.
actor AvatarEditing {
    private let stage: Stage
    private let home: VisavisHome

    /// The largest photo, in bytes.
    static let largestPicture = 20 << 20

    init(_ stage: Stage, home: VisavisHome = VisavisHome()) {
        self.stage = stage
        self.home = home
    }

    /// Finds the parts of the face in a photo.
    /// - Throws: ``HTTPProblem``.
    func findLandmarks(in photo: Data) async throws -> RigLandmarks {
        guard let detector = FaceDetector.file(in: home.models) else {
            throw HTTPProblem(
                status: .notFound, code: "no_detector",
                message: """
                    The server has no face detector: put \(FaceDetector.fileName) into the folder of models, or place \
                    the points by hand.
                    """)
        }
        return try await withFile(of: photo) { file in
            var recipe = RigRecipe(.photo(file), id: "photo", name: "photo")
            recipe.detector = detector
            recipe.landmarkDetector = LandmarkDetector.file(in: home.models)
            return try await RigCreator(recipe).findLandmarks()
        }
    }

    /// Makes an avatar.
    /// - Returns: its id, and what was done that its maker might not expect.
    /// - Throws: ``HTTPProblem``.
    func create(name: String, photo: Data, landmarks: RigLandmarks) async throws -> (id: String, notes: [String]) {
        do {
            let id = try AvatarRecipe.id(of: name)
            guard stage[id] == nil else { throw AvatarError.exists(id) }
            return try await withFile(of: photo) { file in
                var recipe = RigRecipe(.photo(file), id: id, name: name)
                recipe.landmarks = landmarks
                let made = try await RigCreator(recipe).create(in: home.avatars)
                try await stage.enter?(made.folder)
                return (id, made.notes)
            }
        } catch AvatarError.exists {
            throw HTTPProblem(
                status: .conflict, code: "exists", message: "There is an avatar with this name; choose another.",
                parameter: "name")
        } catch let error as CreationError {
            throw HTTPProblem.invalid("\(error)")
        }
    }

    /// Calls `body` with a file that holds a photo, and lasts as long.
    private func withFile<Result>(of photo: Data, _ body: (URL) async throws -> Result) async throws -> Result {
        // FFmpeg would open anything, lists of other files included.
        guard let kind = PhotoKind(of: photo) else {
            throw HTTPProblem(
                status: .unsupportedMediaType, code: "unsupported_media_type",
                message: "The picture is none that is known; expected PNG, JPEG or WebP.")
        }
        let file = FileManager.default.temporaryDirectory
            .appending(path: "visavis-photo-\(UUID().uuidString).\(kind.rawValue)")
        defer { try? FileManager.default.removeItem(at: file) }
        try photo.write(to: file)
        do {
            return try await body(file)
        } catch  where error is CreationError || error is VideoFileError {
            // The file's name is none that anybody knows.
            let words = "\(error)"
                .replacing(file.path, with: "The photo").replacing(file.lastPathComponent, with: "The photo")
            throw HTTPProblem(status: .unprocessableContent, code: "no_avatar", message: words)
        }
    }
}

/// What kinds of picture browsers send, told by their first bytes.
enum PhotoKind: String {
    case png, jpg, webp

    /// - Returns: nil for anything else.
    init?(of data: Data) {
        let start = Array(data.prefix(12))
        if start.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if start.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpg
        } else if start.starts(with: Array("RIFF".utf8)), Array(start.dropFirst(8)) == Array("WEBP".utf8) {
            self = .webp
        } else {
            return nil
        }
    }
}
