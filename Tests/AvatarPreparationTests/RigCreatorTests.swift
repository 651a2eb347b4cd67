import AvatarPreparation
import Avatars
import Foundation
import TestSupport
import Testing
import Video

/// Avatars of photos and films that no model repaints.
@Suite(.timeLimit(.minutes(10)), .serialized) struct RigCreatorTests {
    private let place: TemporaryFolder
    private var avatars: URL { place.url.appending(path: "avatars") }
    /// A picture of which the landmarks are known: they are in her manifest.
    private static let mira = AvatarLibrary.builtIn.appending(path: "mira")
    private static let photo = mira.appending(path: "poster.png")

    init() throws { place = try TemporaryFolder() }

    private func recipe(_ source: RigRecipe.Source, detects: Bool = true) -> RigRecipe {
        var recipe = RigRecipe(source, id: "someone", name: "Someone")
        if detects { recipe.detector = URL(filePath: TrainedModel.faceDetector.path) }
        return recipe
    }

    private var made: [String] { (try? FileManager.default.contentsOfDirectory(atPath: avatars.path)) ?? [] }

    /// Mira's landmarks in her first frame.
    private func known() throws -> RigLandmarks {
        struct Manifest: Decodable {
            struct Clip: Decodable { var anchors: [[Double]] }
            var landmarks: RigLandmarks
            var clip: Clip
        }
        let data = try Data(contentsOf: Self.mira.appending(path: "avatar.json"))
        let manifest = try JSONDecoder().decode(Manifest.self, from: data)
        let anchor = manifest.clip.anchors[0]
        let lips = manifest.landmarks[.lipLine]
        let (sine, cosine) = (sin(anchor[3]), cos(anchor[3]))
        return manifest.landmarks.mapped { point in
            let way = (point - lips) * anchor[2]
            return SIMD2(anchor[0], anchor[1]) + SIMD2(cosine * way.x - sine * way.y, sine * way.x + cosine * way.y)
        }
    }

    @Test(.enabled(if: TrainedModel.faceDetector.exists)) func thePartsOfAFaceAreFound() async throws {
        let found = try await RigCreator(recipe(.photo(Self.photo))).findLandmarks()
        let known = try known()
        let eyes = known[.rightEyeInner].x - known[.leftEyeOuter].x
        for point in RigLandmarks.Point.allCases where point != .headTop {
            let way = found[point] - known[point]
            #expect((way * way).sum().squareRoot() < 0.22 * eyes, "\(point): \(found[point]), drawn at \(known[point])")
        }
        // What the mouth opens along is looked for, not guessed.
        #expect(abs(found[.lipLine].y - known[.lipLine].y) < 2.5)
        for place in found.lipCurve {
            let drawn = try #require(known.lipCurve.min { abs($0.x - place.x) < abs($1.x - place.x) })
            #expect(abs(place.y - drawn.y) < 4, "\(place), drawn at \(drawn)")
        }
    }

    @Test(.enabled(if: TrainedModel.faceDetector.exists)) func aPhotoBecomesAnAvatar() async throws {
        let result = try await RigCreator(recipe(.photo(Self.photo))).create(in: avatars)
        #expect(made == ["someone"])
        let avatar = try await Avatar.load(from: result.folder)
        #expect(avatar.kind == .rigged && avatar.width == 512 && avatar.frameCount == 250)
        #expect(avatar.preview.poses == [.listening, .thinking])
        #expect(FileManager.default.fileExists(atPath: result.contactSheet.path))
        let (rest, open) = (PixelBuffer(width: 512, height: 512), PixelBuffer(width: 512, height: 512))
        let face = try avatar.riggedFace(for: "test")
        let brush = face.makeBrush()
        face.paint(.rest, atBaseFrame: 3, into: rest, using: brush)
        face.paint(FacePose(mouth: MouthShape(jaw: 0.6)), atBaseFrame: 3, into: open, using: brush)
        // A dark hole, below the line between the lips.
        let lips = try known()[.lipLine]
        let hole = Int(lips.y + 9) * 512 + Int(lips.x)
        #expect(open.luma[hole] + 40 < rest.luma[hole])
    }

    @Test func pointsThatWereGivenNeedNoDetector() async throws {
        var recipe = recipe(.photo(Self.photo), detects: false)
        await #expect(throws: CreationError.landmarksMissing) { try await RigCreator(recipe).create(in: avatars) }
        recipe.landmarks = try known()
        let result = try await RigCreator(recipe).create(in: avatars)
        #expect(result.faceWidth == 140)
    }

    @Test func pointsBelongToThePhotoAsLargeAsItIs() async throws {
        let large = place.url.appending(path: "large.png")
        let status = try ChildProcess(
            URL(filePath: "/usr/bin/ffmpeg"),
            ["-v", "error", "-i", Self.photo.path, "-vf", "scale=1536:1536", large.path]
        ).waitForExit()
        #expect(status == 0)
        var recipe = recipe(.photo(large), detects: false)
        recipe.landmarks = try known().mapped { $0 * 3 }
        let result = try await RigCreator(recipe).create(in: avatars)
        #expect(result.width == RigRecipe.longestSide && result.faceWidth == 140 * 768 / 512)
    }

    @Test func pointsThatAreNoFaceAreNamed() async throws {
        var recipe = recipe(.photo(Self.photo), detects: false)
        var points = try known()
        points[.chin] = points[.nose]
        recipe.landmarks = points
        await #expect {
            try await RigCreator(recipe).create(in: avatars)
        } throws: { error in
            "\(error)".contains("lower_lip") && "\(error)".contains("is not above chin")
                && "\(error)".contains("/avatars/edit")
        }
        #expect(made.isEmpty)
    }

    @Test(.enabled(if: TrainedModel.faceDetector.exists)) func aPictureWithoutAFaceIsRefused() async throws {
        let sky = place.url.appending(path: "sky.png")
        try Data(PNG.encode(PixelBuffer(width: 320, height: 240))).write(to: sky)
        await #expect(throws: CreationError.noFace(file: "sky.png", frames: 1)) {
            try await RigCreator(recipe(.photo(sky))).create(in: avatars)
        }
    }

    @Test func anAvatarIsReplacedOnlyIfThatIsWanted() async throws {
        var recipe = recipe(.photo(Self.photo), detects: false)
        recipe.landmarks = try known()
        _ = try await RigCreator(recipe).create(in: avatars)
        await #expect(throws: AvatarError.self) { try await RigCreator(recipe).create(in: avatars) }
        recipe.replaces = true
        _ = try await RigCreator(recipe).create(in: avatars)
        #expect(made == ["someone"])
    }

    @Test(.enabled(if: TrainedModel.faceDetector.exists && Recording.clip.exists))
    func aFilmIsFollowed() async throws {
        var recipe = recipe(.film(Recording.clip.url))
        recipe.longest = 1
        let result = try await RigCreator(recipe).create(in: avatars)
        let avatar = try await Avatar.load(from: result.folder)
        // There and back.
        #expect(avatar.frameCount == 50 && avatar.width == 576)
        let face = try avatar.riggedFace(for: "test")
        let brush = face.makeBrush()
        let (rest, open) = (PixelBuffer(width: 576, height: 768), PixelBuffer(width: 576, height: 768))
        for frame in [0, 24, 37] {
            face.paint(.rest, atBaseFrame: frame, into: rest, using: brush)
            face.paint(FacePose(mouth: MouthShape(jaw: 0.8)), atBaseFrame: frame, into: open, using: brush)
            let rows = (0..<768).filter { row in
                (0..<576).contains { abs(Int(rest.luma[row * 576 + $0]) - Int(open.luma[row * 576 + $0])) > 40 }
            }
            // Around the mouth and down to the shadow of the chin, which goes along, and nowhere else.
            #expect(try #require(rows.first) > 240 && #require(rows.last) < 390, "frame \(frame): \(rows)")
        }
    }
}
