import AvatarPreparation
import Avatars
import Foundation
import Inference
import MuseTalk
import Synchronization
import TestSupport
import Testing
import Video

/// Avatars of real people's films: what works, and what the others are told.
@Suite(.timeLimit(.minutes(10)), .enabled(if: Studio.isOpen), .serialized) struct AvatarCreatorTests {
    private let studio: Studio

    init() throws { studio = try Studio() }

    /// The person of the recording, for so many seconds.
    private func person(_ seconds: Double = 0.4) -> [String] { ["-t", "\(seconds)", "-i", Recording.clip.url.path] }

    @Test func aFilmBecomesAnAvatar() async throws {
        let made = try await studio.create(studio.recipe(Recording.clip.url))
        #expect(made.frames == 10 && made.width == 576 && made.height == 768)
        #expect(made.notes.contains { $0.contains("only 0.4 s were used") })
        #expect(studio.made == ["film"])
        let avatar = try await Avatar.load(from: made.folder)
        #expect(avatar.frameCount == 20)
        let face = try avatar.filmedFace(for: "test")
        #expect(face.model == FaceModel(version: "1.5", fingerprint: "mini"))
        // Where MuseTalk's makers saw the face, give or take an eighth of it: their landmarks are others.
        let box = try #require(face.regions.first?.box)
        for (mine, theirs) in zip([box.left, box.top, box.right, box.bottom], [212, 168, 340, 318]) {
            #expect(abs(mine - theirs) <= 16, "\(box)")
        }
        // The lower half, give or take the blur; edges are moved out to even ones.
        #expect(
            face.regions.allSatisfy { region in
                region.maskArea.left >= region.box.left - 1 && region.maskArea.right <= region.box.right + 1
                    && region.maskArea.top > region.box.top + region.box.height / 3
                    && region.maskArea.bottom > region.box.bottom - region.box.height / 8
            })
        face.withLatents { #expect($0.allSatisfy(\.isFinite) && $0.contains { abs($0) > 0.01 }) }
        let sheet = try RGBAImage(contentsOf: made.contactSheet)
        #expect(sheet.width == 1280)
    }

    /// `colours.onnx` takes what is red for skin.
    @Test func aParserSaysWhereTheFaceIs() async throws {
        var recipe = studio.recipe(Recording.clip.url)
        recipe.longest = 0.08
        recipe.parser = Fixture.url("colours.onnx")
        let made = try await studio.create(recipe)
        let face = try await Avatar.load(from: made.folder).filmedFace(for: "test")
        let region = try #require(face.regions.first)
        let drawn = BlendMask(CropMask(jawOf: region.box), face: region.box, frameWidth: 576, frameHeight: 768)
        // The face lies in it; the hair beside the chin, which is black, does not.
        face.withMask(ofFilmedFrame: 0) { mask in
            #expect(mask.count == region.maskArea.width * region.maskArea.height)
            #expect(Array(mask) != drawn.alpha)
            let middle = (mask.count / region.maskArea.width / 2) * region.maskArea.width + region.maskArea.width / 2
            #expect(mask[middle] > 200)
        }
    }

    /// A frame in which the parser sees no face gets the jaw that is drawn.
    @Test func aParserThatSeesNothingIsLeftAside() async throws {
        var recipe = studio.recipe(Recording.clip.url)
        recipe.longest = 0.08
        recipe.parser = Fixture.url("nothing.onnx")
        let made = try await studio.create(recipe)
        let face = try await Avatar.load(from: made.folder).filmedFace(for: "test")
        #expect(face.regions.allSatisfy { $0.maskArea.width > 60 && $0.maskArea.height > 60 })
    }

    @Test func aPhotoBecomesAnAvatar() async throws {
        let photo = try studio.film("photo.jpg", "-i", Recording.clip.url.path, "-frames:v", "1", "-q:v", "2")
        var recipe = studio.recipe(photo)
        recipe.isPhoto = true
        let made = try await studio.create(recipe)
        #expect(made.frames == 1)
        #expect(try await Avatar.load(from: made.folder).frameCount == 1)
    }

    @Test func aFilmWithoutAFaceIsRefused() async throws {
        let film = try studio.film("none.mp4", "-f", "lavfi", "-i", "testsrc=s=320x240:r=25:d=0.4")
        await #expect(throws: CreationError.noFace(file: "none.mp4", frames: 10)) {
            try await studio.create(studio.recipe(film))
        }
        #expect(studio.made.isEmpty)
    }

    @Test func aFaceThatIsAwayTooLongIsRefused() async throws {
        // From frame 8 on the picture is black.
        let film = try studio.film(
            "away.mp4", "-t", "1", "-i", Recording.clip.url.path, "-vf",
            "drawbox=0:0:iw:ih:black:fill:enable='gte(n,8)'")
        var recipe = studio.recipe(film)
        recipe.longest = 1
        let error = await #expect(throws: CreationError.self) { try await studio.create(recipe) }
        #expect(
            error == .faceIsAway(file: "away.mp4", frames: [8...24], of: 25, longest: 0...7, start: 0))
        #expect(error?.description.contains("8–24 (0.32–1.0 s)") == true)
        #expect(error?.description.contains("--from 0.0 --max-seconds 0.32") == true)
        #expect(studio.made.isEmpty)
        // What it says helps.
        recipe.longest = 0.32
        #expect(try await studio.create(recipe).frames == 8)
    }

    @Test func aFewFramesWithoutAFaceAreBridged() async throws {
        let film = try studio.film(
            "blink.mp4", "-t", "0.4", "-i", Recording.clip.url.path, "-vf",
            "drawbox=0:0:iw:ih:black:fill:enable='between(n,3,5)'")
        let made = try await studio.create(studio.recipe(film))
        #expect(made.notes.contains { $0.contains("in 3 frames") })
        let boxes = try await Avatar.load(from: made.folder).filmedFace(for: "test").regions.map(\.box)
        #expect(zip(boxes, boxes.dropFirst()).allSatisfy { abs($0.left - $1.left) < 4 })
    }

    @Test func aFaceThatLeavesThePictureIsNamed() async throws {
        // The picture is moved out to the left.
        let film = try studio.film(
            "leaves.mp4", "-t", "1.2", "-i", Recording.clip.url.path, "-vf", "crop=288:ih:min(n*20\\,288):0")
        var recipe = studio.recipe(film)
        recipe.longest = 2
        let error = await #expect(throws: CreationError.self) { try await studio.create(recipe) }
        guard case .faceIsAway(_, let frames, of: 30, longest: .some, start: 0) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(frames.last?.upperBound == 29)
    }

    @Test func ofTwoFacesEitherCanBeChosen() async throws {
        let film = try studio.film(
            "two.mp4", "-t", "0.4", "-i", Recording.clip.url.path, "-filter_complex",
            "[0]split[a][b];[b]scale=288:384,pad=288:768:0:200[c];[a][c]hstack")
        var recipe = studio.recipe(film)
        let first = try await studio.create(recipe)
        #expect(first.notes.contains { $0.contains("there are 2 faces; number 1 was taken") })
        recipe.faceNumber = 2
        recipe.id = "second"
        let second = try await studio.create(recipe)
        let boxes = try await [first, second].asyncMap {
            try await Avatar.load(from: $0.folder).filmedFace(for: "test").regions[0].box
        }
        #expect(boxes[0].right < 576 && boxes[1].left >= 576)
        recipe.faceNumber = 3
        recipe.id = "third"
        await #expect(throws: CreationError.noSuchFace(file: "two.mp4", wanted: 3, found: 2)) {
            try await studio.create(recipe)
        }
    }

    @Test func aTinyFaceIsRefused() async throws {
        let film = try studio.film(
            "tiny.mp4", "-t", "0.2", "-i", Recording.clip.url.path, "-vf", "scale=144:192,pad=640:480:200:100")
        let error = await #expect(throws: CreationError.self) { try await studio.create(studio.recipe(film)) }
        #expect(error?.description.contains("pixels wide; expected 40 at least") == true)
    }

    @Test func aPartThatIsNotThereIsRefused() async throws {
        var recipe = studio.recipe(Recording.clip.url)
        recipe.start = 500
        let error = await #expect(throws: CreationError.self) { try await studio.create(recipe) }
        #expect(error?.description.contains("nothing is left behind --from 500.0; it lasts 22") == true)
        #expect(studio.made.isEmpty)
    }

    @Test func anInterruptedRunGoesOn() async throws {
        let recipe = studio.recipe(Recording.clip.url)
        let stages = Mutex<[CreationProgress.Stage: [Int]]>([:])
        let creator = AvatarCreator(recipe) { progress in
            stages.withLock { $0[progress.stage, default: []].append(progress.done) }
            // Interrupted once the first latents are there.
            if progress.stage == .encodingFaces { withUnsafeCurrentTask { $0?.cancel() } }
        }
        let task = Task { try await creator.create(in: studio.avatars) }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(studio.made == [".film.partial"])
        #expect(AvatarLibrary(folders: [studio.avatars]).list().allSatisfy { $0.id != "film" })

        let second = Mutex<[CreationProgress.Stage: [Int]]>([:])
        let made = try await AvatarCreator(recipe) { progress in
            second.withLock { $0[progress.stage, default: []].append(progress.done) }
        }.create(in: studio.avatars)
        #expect(made.frames == 10)
        let done = second.withLock { $0 }
        #expect(done[.findingFaces] == nil, "faces need not be found again")
        #expect(done[.encodingFaces] == [8, 10], "4 were encoded before")
        #expect(studio.made == ["film"])

        try await expectTheSame(made, uninterrupted: recipe)
    }

    @Test func aRunThatWasInterruptedWhileItFoundFacesGoesOnThere() async throws {
        let recipe = studio.recipe(Recording.clip.url)
        let creator = AvatarCreator(recipe) { progress in
            if progress.done == 4 { withUnsafeCurrentTask { $0?.cancel() } }
        }
        let task = Task { try await creator.create(in: studio.avatars) }
        await #expect(throws: CancellationError.self) { try await task.value }

        // As if the machine had failed: the last line is torn, and so is the last frame.
        let partial = studio.avatars.appending(path: ".film.partial")
        let log = try FileHandle(forUpdating: partial.appending(path: "scratch/sights.jsonl"))
        try log.truncate(atOffset: log.seekToEnd() - 5)
        let frames = try FileHandle(forUpdating: partial.appending(path: "frames.i420"))
        try frames.seekToEnd()
        try frames.write(contentsOf: [1, 2, 3])

        let found = Mutex<[Int]>([])
        let made = try await AvatarCreator(recipe) { progress in
            if progress.stage == .findingFaces { found.withLock { $0.append(progress.done) } }
        }.create(in: studio.avatars)
        #expect(found.withLock { $0 } == Array(4...10))
        try await expectTheSame(made, uninterrupted: recipe)
    }

    /// Nobody can tell that it was interrupted.
    private func expectTheSame(_ made: CreatedAvatar, uninterrupted recipe: AvatarRecipe) async throws {
        var again = recipe
        again.id = "again"
        let other = try await studio.create(again)
        for name in ["frames.i420", "latents.bin", "masks.bin", "idle.h264"] {
            let (one, two) = (made.folder.appending(path: name), other.folder.appending(path: name))
            #expect(try Data(contentsOf: one) == Data(contentsOf: two), "\(name)")
        }
    }

    @Test func aFolderOfPicturesBecomesAnAvatar() async throws {
        let folder = studio.place.url.appending(path: "frames")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        _ = try studio.film("frames/%08d.png", "-i", Recording.clip.url.path, "-frames:v", "3")
        let made = try await studio.create(studio.recipe(folder))
        #expect(made.frames == 3 && made.width == 576 && made.height == 768)
    }

    @Test func anExistingAvatarIsReplacedOnlyOnDemand() async throws {
        var recipe = studio.recipe(Recording.clip.url)
        try await studio.create(recipe)
        await #expect(throws: AvatarError.self) { try await studio.create(recipe) }
        recipe.replaces = true
        recipe.longest = 0.2
        #expect(try await studio.create(recipe).frames == 5)
        #expect(studio.made == ["film"])
    }

    @Test func aGraphThatIsNoDetectorIsRefused() async throws {
        var recipe = studio.recipe(Recording.clip.url)
        recipe.detector = recipe.encoder
        let error = await #expect(throws: CreationError.self) { try await studio.create(recipe) }
        #expect(error?.description.contains("no face detector of the kind that is known") == true)
        recipe.detector = Recording.clip.url
        await #expect(throws: InferenceError.self) { try await studio.create(recipe) }
    }

    @Test(arguments: [("Anna", "anna"), ("Jürgen Groß", "jurgen-gross"), ("  A. B!  ", "a-b"), ("小明", "xiao-ming")])
    func idsAreMadeOfNames(name: String, id: String) throws {
        #expect(try AvatarRecipe.id(of: name) == id)
        #expect(throws: CreationError.badName("!?")) { try AvatarRecipe.id(of: "!?") }
    }
}

extension Array {
    /// Maps one after the other.
    fileprivate func asyncMap<Result>(_ body: (Element) async throws -> Result) async throws -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await body(element)) }
        return results
    }
}
