import Avatars
import Foundation
import Testing
import Video

/// Every way in which a bundle can be broken has an error that names the file or the field, and what was expected.
@Suite(.timeLimit(.minutes(10))) struct BrokenBundleTests {
    private func failure(of bundle: TinyBundle) async -> AvatarError? {
        do {
            _ = try await Avatar.load(from: bundle.folder)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [TinyBundle.Base.clip, .picture]) func theTinyBundleIsGood(base: TinyBundle.Base) async throws {
        let bundle = try TinyBundle(base)
        #expect(await failure(of: bundle) == nil)
    }

    @Test func noFolder() async throws {
        let folder = URL(filePath: "/nowhere/tiny")
        await #expect(throws: AvatarError.noFolder("/nowhere/tiny")) { try await Avatar.load(from: folder) }
    }

    @Test func aFileInsteadOfAFolder() async throws {
        let bundle = try TinyBundle()
        let file = bundle.file("clip.mp4")
        await #expect(throws: AvatarError.noFolder(file.path)) { try await Avatar.load(from: file) }
    }

    private static let insideFiles = TinyFace.insidePictures.keys.sorted().map { "inside-\($0).png" }

    @Test(arguments: ["avatar.json", "clip.mp4"] + insideFiles) func aMissingFile(name: String) async throws {
        let bundle = try TinyBundle()
        try FileManager.default.removeItem(at: bundle.file(name))
        let error = await failure(of: bundle)
        guard case .missingFile(let file, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(file == bundle.file(name).path)
    }

    @Test func aMissingPicture() async throws {
        let bundle = try TinyBundle(.picture)
        try FileManager.default.removeItem(at: bundle.file("face.png"))
        let expected = AvatarError.missingFile(
            bundle.file("face.png").path, purpose: "the picture that \"picture\" in avatar.json names")
        #expect(await failure(of: bundle) == expected)
    }

    @Test(arguments: ["", "{", "not JSON", "[]", "{\"format\": 3,}", "\u{0}"])
    func aManifestThatIsNoJSONObject(text: String) async throws {
        let bundle = try TinyBundle()
        try Data(text.utf8).write(to: bundle.file("avatar.json"))
        let error = await failure(of: bundle)
        #expect(error?.description.contains("avatar.json") == true)
    }

    private static let fields =
        [
            "format", "id", "name", "width", "height", "fps", "frames", "clip.file", "clip.loop", "clip.anchors",
            "clip.lids", "landmarks", "inside.unit", "inside.anchor",
        ] + TinyFace.landmarks.keys.map { "landmarks.\($0.rawValue)" }.sorted()

    @Test(arguments: fields) func aMissingField(path: String) async throws {
        let bundle = try TinyBundle()
        try bundle.change(path, to: nil)
        let expected = AvatarError.field(
            file: bundle.file("avatar.json").path, field: path, found: "missing", expected: "a value")
        #expect(await failure(of: bundle) == expected)
    }

    @Test func neitherAPictureNorAClipAndBoth() async throws {
        let bundle = try TinyBundle(.picture)
        try bundle.change("picture", to: nil)
        let none = AvatarError.field(
            file: bundle.file("avatar.json").path, field: "picture", found: "missing",
            expected: "the name of a picture, or else a clip")
        #expect(await failure(of: bundle) == none)
        let film = try TinyBundle()
        try film.change("picture", to: "face.png")
        let both = AvatarError.field(
            file: film.file("avatar.json").path, field: "picture", found: "\"face.png\", beside a clip",
            expected: "the name of a picture, or else a clip")
        #expect(await failure(of: film) == both)
    }

    @Test func whatEarlierVersionsMadeHasToBeMadeAnew() async throws {
        let bundle = try TinyBundle()
        try bundle.change("format", to: 1)
        let error = await failure(of: bundle)
        guard case .field(_, field: "format", found: "1", let expected) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(expected.contains("3 (a rigged one)") && expected.contains("has to be made anew"))
    }

    @Test(arguments: insideFiles) func aPictureOfTheMouthOfOddSize(name: String) async throws {
        let bundle = try TinyBundle()
        let pixels = [UInt8](repeating: 9, count: 31 * 20 * 4)
        try Data(PNG.encode(RGBAImage(width: 31, height: 20, pixels: pixels))).write(to: bundle.file(name))
        let expected = AvatarError.media(
            file: bundle.file(name).path, found: "31×20 pixels", expected: "even numbers, 2048 at most")
        #expect(await failure(of: bundle) == expected)
    }

    @Test(arguments: ["clip.mp4"] + insideFiles, ["", "not a picture"])
    func aFileThatIsSomethingElse(name: String, content: String) async throws {
        let bundle = try TinyBundle()
        try Data(content.utf8).write(to: bundle.file(name))
        let error = await failure(of: bundle)
        #expect(error?.description.contains(bundle.file(name).path) == true)
    }

    @Test(arguments: ["", "not a picture"]) func aPictureThatIsSomethingElse(content: String) async throws {
        let bundle = try TinyBundle(.picture)
        try Data(content.utf8).write(to: bundle.file("face.png"))
        let error = await failure(of: bundle)
        #expect(error?.description.contains(bundle.file("face.png").path) == true)
    }

    @Test(arguments: ["clip.mp4"] + insideFiles) func aFileCutInHalf(name: String) async throws {
        let bundle = try TinyBundle()
        let data = try Data(contentsOf: bundle.file(name))
        try data.prefix(data.count / 2).write(to: bundle.file(name))
        let error = await failure(of: bundle)
        #expect(error?.description.contains(bundle.file(name).path) == true)
    }

    @Test func aClipThatIsTooShort() async throws {
        let bundle = try TinyBundle()
        try bundle.writeClip(frames: 20)
        let expected = AvatarError.media(
            file: bundle.file("clip.mp4").path, found: "20 frames that can be decoded",
            expected: "23, as avatar.json says")
        #expect(await failure(of: bundle) == expected)
    }

    @Test func aClipOfAnotherSizeOrSpeed() async throws {
        let bundle = try TinyBundle()
        try bundle.writeClip(frames: TinyBundle.frames, scale: 2)
        let otherSize = AvatarError.media(
            file: bundle.file("clip.mp4").path, found: "256×352 pixels", expected: "128×176, as avatar.json says")
        #expect(await failure(of: bundle) == otherSize)
        try bundle.writeClip(frames: TinyBundle.frames, fps: 30)
        let otherSpeed = AvatarError.media(
            file: bundle.file("clip.mp4").path, found: "30.0 frames a second", expected: "25, as avatar.json says")
        #expect(await failure(of: bundle) == otherSpeed)
    }

    @Test func aPictureOfAnotherSize() async throws {
        let bundle = try TinyBundle(.picture)
        try Data(PNG.encode(PixelBuffer(width: 64, height: 64))).write(to: bundle.file("face.png"))
        let expected = AvatarError.media(
            file: bundle.file("face.png").path, found: "64×64 pixels", expected: "128×176, as avatar.json says")
        #expect(await failure(of: bundle) == expected)
    }
}
