public import Foundation
public import Video

/// What a new avatar with a rigged face is made of.
public struct RiggedBundle {
    /// What the face is warped in.
    public enum Base {
        /// A single picture: the rig moves the head, too.
        case picture(PixelBuffer)
        /// A film in which the head moves by itself: its frames, and where the face is in each of them. They are shown there
        /// and back.
        case film([PixelBuffer], [Anchor])
    }

    /// Where the face is in a frame of a film.
    public struct Anchor: Sendable {
        /// Where the middle of the lips is, in pixels.
        public var lips: SIMD2<Double>
        /// How large the face is beside the landmarks.
        public var scale: Double
        /// How far it leans: radians, clockwise on the screen.
        public var rotation: Double

        /// Puts the parts together.
        public init(lips: SIMD2<Double>, scale: Double, rotation: Double) {
            self.lips = lips
            self.scale = scale
            self.rotation = rotation
        }
    }

    /// What is seen between the lips.
    public struct Inside {
        /// The names of its parts, from back to front; each is needed.
        public static let parts = MouthInside.Part.allCases.map(\.rawValue)
        /// A picture for each part, all of one size, width and height even.
        public var pictures: [String: RGBAImage]
        /// Pixels of the pictures for half the width of the mouth.
        public var unit: Double
        /// The point of the pictures that lies on the middle of the lips.
        public var anchor: SIMD2<Double>

        /// Puts the parts together.
        public init(pictures: [String: RGBAImage], unit: Double, anchor: SIMD2<Double>) {
            self.pictures = pictures
            self.unit = unit
            self.anchor = anchor
        }
    }

    /// The avatar's id: letters, digits, - and _.
    public var id: String
    /// The name that people see.
    public var name: String
    /// What is warped.
    public var base: Base
    /// Where the parts of the face are: in the picture, or in the first frame of the film.
    public var landmarks: RigLandmarks
    /// What is seen between the lips; nil for what comes with Visavis.
    public var inside: Inside?

    /// Puts the parts together.
    public init(id: String, name: String, base: Base, landmarks: RigLandmarks, inside: Inside? = nil) {
        self.id = id
        self.name = name
        self.base = base
        self.landmarks = landmarks
        self.inside = inside
    }

    private static let pictureName = "picture.png"
    private static let clipName = "clip.mp4"
    /// The film is compressed again whenever it is shown: what is lost here must not be seen.
    private static let clipQuality = 14

    /// Writes it; all at once, when it is complete.
    /// - Parameters:
    ///   - folder: the bundle's, whose name is the id.
    ///   - replaces: whether a bundle that is there is replaced.
    ///   - finish: is given the folder before it gets its name, to add files.
    /// - Throws: ``AvatarError``, also where landmarks are impossible.
    public func write(
        to folder: URL, replaces: Bool, finish: (URL) async throws(AvatarError) -> Void = { _ in }
    ) async throws(AvatarError) {
        let draft = try BundleDraft(folder, replaces: replaces)
        do {
            let manifest = try writeBase(in: draft.folder)
            if let inside {
                for (part, picture) in inside.pictures {
                    guard let part = MouthInside.Part(rawValue: part) else { continue }
                    try write(try PNG.encode(picture), to: draft.folder.appending(path: part.fileName))
                }
            }
            let file = draft.folder.appending(path: ManifestFile.name)
            try manifest.check(FieldCheck(file: file.path))
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            try write(Array(encoder.encode(manifest)), to: file)
            try await finish(draft.folder)
            try draft.publish()
        } catch {
            draft.discard()
            throw AvatarError(error)
        }
    }

    private func writeBase(in folder: URL) throws -> RiggedManifest {
        let part = inside.map { RiggedManifest.Inside(unit: $0.unit, anchor: [$0.anchor.x, $0.anchor.y]) }
        func header(_ picture: PixelBuffer, frames: Int) -> AvatarManifest {
            AvatarManifest(
                format: 3, id: id, name: name, width: picture.width, height: picture.height, frames: frames)
        }
        switch base {
        case .picture(let picture):
            try write(try PNG.encode(picture), to: folder.appending(path: Self.pictureName))
            return RiggedManifest(
                header: header(picture, frames: 1), picture: Self.pictureName, clip: nil, landmarks: landmarks,
                inside: part)
        case .film(let pictures, let anchors):
            guard let first = pictures.first else {
                throw AvatarError.media(file: folder.path, found: "a film without frames", expected: "one at least")
            }
            let settings = H264Settings(
                width: first.width, height: first.height, quality: Self.clipQuality, effort: .once)
            let encoder = try H264Encoder(settings)
            let movie = try MovieWriter(folder.appending(path: Self.clipName), settings)
            for picture in pictures { try movie.append(encoder.encode(picture)) }
            try movie.finish()
            let clip = RiggedManifest.Clip(
                file: Self.clipName, loop: .thereAndBack,
                anchors: anchors.map { [$0.lips.x, $0.lips.y, $0.scale, $0.rotation] }, lids: [])
            return RiggedManifest(
                header: header(first, frames: pictures.count), picture: nil, clip: clip,
                landmarks: landmarks.turned(by: -landmarks.roll), inside: part)
        }
    }

    private func write(_ bytes: [UInt8], to file: URL) throws(AvatarError) {
        do {
            try Data(bytes).write(to: file)
        } catch {
            throw .cannotWrite(file: file.path, reason: error.localizedDescription)
        }
    }
}
