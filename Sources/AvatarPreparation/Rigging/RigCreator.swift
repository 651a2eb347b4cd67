public import Avatars
public import Foundation
import Inference
import MuseTalk
import Video

/// Makes an avatar with a rigged face: of a photo, a film or a layered drawing, without a model that repaints faces.
public actor RigCreator {
    private let queue = InferenceQueue("rig creator")
    private let recipe: RigRecipe
    private let progress: @Sendable (CreationProgress) -> Void
    private var notes: [String] = []

    /// Its own thread: decoding and graphs block.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// - Parameter progress: is called now and then, on the creator's thread.
    public init(_ recipe: RigRecipe, progress: @escaping @Sendable (CreationProgress) -> Void = { _ in }) {
        self.recipe = recipe
        self.progress = progress
    }

    /// Makes the avatar.
    /// - Parameter avatars: the folder of bundles; the avatar's gets its id as name.
    /// - Throws: ``CreationError``, ``DrawingError``, `VideoFileError`, `AvatarError`, `InferenceError`;
    ///   `CancellationError`. Nothing is left of an avatar that cannot be made.
    public func create(in avatars: URL) async throws -> CreatedAvatar {
        notes = []
        let bundle =
            switch recipe.source {
            case .photo: try photographed()
            case .film: try filmed()
            case .drawing(let file): try await LayeredDrawing(file).bundle(id: recipe.id, name: recipe.name)
            }
        let folder = avatars.appending(path: recipe.id)
        do {
            try FileManager.default.createDirectory(at: avatars, withIntermediateDirectories: true)
        } catch {
            throw AvatarError.cannotWrite(file: avatars.path, reason: error.localizedDescription)
        }
        try await bundle.write(to: folder, replaces: recipe.replaces) { draft async throws(AvatarError) in
            // What cannot be loaded is no avatar.
            let avatar = try await Avatar.load(from: draft)
            try PoseSheet.write(of: avatar, to: draft.appending(path: ContactSheet.fileName))
        }
        let preview = try await AvatarPreview.load(from: folder)
        let face = bundle.landmarks
        return CreatedAvatar(
            folder: folder, contactSheet: folder.appending(path: ContactSheet.fileName), frames: preview.frameCount,
            width: preview.width, height: preview.height,
            faceWidth: Int(face[.jawRight].x - face[.jawLeft].x), notes: notes)
    }

    /// Finds the landmarks in the photo: what ``create(in:)`` would take if the recipe had none.
    /// - Returns: in pixels of the photo, upright and as large as it is.
    /// - Throws: ``CreationError``, `VideoFileError`, `InferenceError`.
    public func findLandmarks() throws -> RigLandmarks {
        let (picture, scale) = try firstPicture()
        let found = try sights(in: [picture])
        let face = try choose(in: found, width: picture.width, height: picture.height)
        return LandmarkEstimate.landmarks(of: face[0], marks: found[0].landmarks, in: picture).mapped { $0 / scale }
    }

    // MARK: Photos

    private func photographed() throws -> RiggedBundle {
        let (picture, scale) = try firstPicture()
        let landmarks: RigLandmarks
        if let given = recipe.landmarks {
            landmarks = given.mapped { $0 * scale }
        } else {
            landmarks = try findLandmarks().mapped { $0 * scale }
        }
        try check(landmarks, in: picture)
        return RiggedBundle(id: recipe.id, name: recipe.name, base: .picture(picture), landmarks: landmarks)
    }

    /// The photo, and how many pixels of it there are for one of the file.
    private func firstPicture() throws -> (PixelBuffer, scale: Double) {
        let reader = try FootageReader(recipe.file, longestSide: RigRecipe.longestSide)
        let picture = PixelBuffer(width: reader.width, height: reader.height)
        guard try reader.read(into: picture) else { throw VideoFileError.empty(file: recipe.file.path) }
        let longest = max(reader.sourceSize.width, reader.sourceSize.height)
        if reader.isScaledDown {
            notes = [
                "the photo was scaled down to \(reader.width)×\(reader.height): more is of no use in a conversation"
            ]
        }
        return (picture, reader.isScaledDown ? Double(max(reader.width, reader.height)) / Double(longest) : 1)
    }

    private func check(_ landmarks: RigLandmarks, in picture: PixelBuffer) throws(CreationError) {
        if let flaw = landmarks.flaw(width: picture.width, height: picture.height) {
            throw .impossibleLandmarks(file: recipe.file.lastPathComponent, flaw: flaw)
        }
    }

    // MARK: Films

    private func filmed() throws -> RiggedBundle {
        let pictures = try filmedPictures()
        let (width, height) = (pictures[0].width, pictures[0].height)
        let found = try sights(in: pictures)
        let faces = try choose(in: found, width: width, height: height)
        let landmarks = LandmarkEstimate.landmarks(of: faces[0], marks: found[0].landmarks, in: pictures[0])
        try check(landmarks, in: pictures[0])
        let anchors = faces.map { face in
            let motion = Similarity(from: faces[0].landmarks.places, to: face.landmarks.places)
            return RiggedBundle.Anchor(
                lips: motion.place(of: landmarks[.lipLine]), scale: motion.scale,
                rotation: landmarks.roll + motion.rotation)
        }
        return RiggedBundle(id: recipe.id, name: recipe.name, base: .film(pictures, anchors), landmarks: landmarks)
    }

    private func filmedPictures() throws -> [PixelBuffer] {
        let reader = try FootageReader(recipe.file, longestSide: RigRecipe.longestSide)
        _ = try reader.skip(Int((recipe.start * Double(AvatarRecipe.fps)).rounded()))
        let most = max(1, Int((recipe.longest * Double(AvatarRecipe.fps)).rounded()))
        var pictures: [PixelBuffer] = []
        while pictures.count < most {
            try Task.checkCancellation()
            let picture = PixelBuffer(width: reader.width, height: reader.height)
            guard try reader.read(into: picture) else { break }
            pictures.append(picture)
        }
        guard !pictures.isEmpty else {
            throw CreationError.emptyPart(
                file: recipe.file.lastPathComponent, from: recipe.start, seconds: reader.duration)
        }
        if let duration = reader.duration, duration - recipe.start > recipe.longest + 0.5 {
            notes.append(
                """
                of \(Int((duration - recipe.start).rounded())) s only \(recipe.longest.formatted()) s were used: \
                --max-seconds allows more, --from chooses which
                """)
        }
        return pictures
    }

    // MARK: Faces

    private func sights(in pictures: [PixelBuffer]) throws -> [FaceSight] {
        guard let file = recipe.detector else { throw CreationError.landmarksMissing }
        let detector = try FaceDetector(file.path)
        let landmarks = try recipe.landmarkDetector.map { try LandmarkDetector($0.path) }
        return try pictures.enumerated().map { index, picture in
            try Task.checkCancellation()
            let sight = FaceSight(
                faces: try detector.faces(in: picture), landmarks: try landmarks?.landmarks(in: picture))
            progress(CreationProgress(stage: .findingFaces, done: index + 1, total: pictures.count))
            return sight
        }
    }

    private func choose(in found: [FaceSight], width: Int, height: Int) throws(CreationError) -> [FaceShape] {
        let chosen = try ChosenFace(
            in: found, width: width, height: height,
            choice: FaceChoice(
                file: recipe.file.lastPathComponent, number: recipe.faceNumber, start: recipe.start))
        notes += chosen.notes
        return chosen.faces
    }
}

extension FaceLandmarks {
    fileprivate var places: [SIMD2<Double>] { [leftEye, rightEye, nose, leftMouth, rightMouth] }
}
