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

    @Test func theTinyBundleIsGood() async throws {
        let bundle = try TinyBundle()
        let avatar = try await Avatar.load(from: bundle.folder)
        #expect(avatar.frameCount == TinyBundle.frames)
    }

    @Test func noFolder() async throws {
        let folder = URL(filePath: "/nowhere/tiny")
        await #expect(throws: AvatarError.noFolder("/nowhere/tiny")) { try await Avatar.load(from: folder) }
    }

    @Test func aFileInsteadOfAFolder() async throws {
        let bundle = try TinyBundle()
        let file = bundle.file("mouth.png")
        await #expect(throws: AvatarError.noFolder(file.path)) { try await Avatar.load(from: file) }
    }

    @Test(arguments: ["avatar.json", "clip.mp4", "mouth.png"])
    func aMissingFile(name: String) async throws {
        let bundle = try TinyBundle()
        try FileManager.default.removeItem(at: bundle.file(name))
        let error = await failure(of: bundle)
        guard case .missingFile(let file, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(file == bundle.file(name).path)
    }

    @Test(arguments: ["", "{", "not JSON", "[]", "{\"format\": 1,}", "\u{0}"])
    func aManifestThatIsNoJSONObject(text: String) async throws {
        let bundle = try TinyBundle()
        try Data(text.utf8).write(to: bundle.file("avatar.json"))
        let error = await failure(of: bundle)
        #expect(error?.description.contains("avatar.json") == true)
    }

    @Test(arguments: [
        "format", "id", "name", "width", "height", "fps", "clip", "frames", "mouth", "anchors", "mouth.atlas",
        "mouth.columns", "mouth.cell_width", "mouth.cell_height", "mouth.anchor", "mouth.axes", "mouth.cells",
    ])
    func aMissingField(path: String) async throws {
        let bundle = try TinyBundle()
        try bundle.change(path, to: nil)
        let expected = AvatarError.field(
            file: bundle.file("avatar.json").path, field: path, found: "missing", expected: "a value")
        #expect(await failure(of: bundle) == expected)
    }

    /// A field, a value that it cannot have, and the name under which the error must know it.
    struct BadValue: Sendable, CustomTestStringConvertible {
        var path: String
        var json: String
        var field: String

        init(_ path: String, _ json: String, field: String? = nil) {
            self.path = path
            self.json = json
            self.field = field ?? path
        }

        var testDescription: String { "\(path) = \(json)" }
    }

    @Test(arguments: [
        BadValue("format", "3"), BadValue("format", "\"1\""), BadValue("id", "\"\""), BadValue("id", "\"../mira\""),
        BadValue("id", "7"), BadValue("width", "63"), BadValue("width", "-64"), BadValue("width", "1e99"),
        BadValue("width", "64.5"), BadValue("height", "0"), BadValue("height", "\"48\""), BadValue("fps", "30"),
        BadValue("fps", "null"), BadValue("clip", "\"../clip.mp4\""), BadValue("clip", "\"\""),
        BadValue("clip", "[]"), BadValue("frames", "0"), BadValue("frames", "1000000"),
        BadValue("frames", "22", field: "anchors"), BadValue("anchors", "[]"),
        BadValue("anchors.3", "[1, 2, 1]", field: "anchors[3]"),
        BadValue("anchors.3", "[1, 2, 0, 0]", field: "anchors[3]"),
        BadValue("anchors.3", "[1, 2, 1, \"0\"]", field: "anchors[3][3]"),
        BadValue("anchors.3", "[1e300, 2, 1, 0]", field: "anchors[3]"), BadValue("mouth", "[]"),
        BadValue("mouth.atlas", "\"a/b.png\""), BadValue("mouth.columns", "0"), BadValue("mouth.cell_width", "15"),
        BadValue("mouth.cell_height", "0"), BadValue("mouth.anchor", "[8]"), BadValue("mouth.axes", "[]"),
        BadValue("mouth.axes.0.name", "\"jaw\"", field: "mouth.axes[0].name"),
        BadValue("mouth.axes.1.name", "\"aperture\"", field: "mouth.axes[1].name"),
        BadValue("mouth.axes.0.values", "[-1, 1, 0]", field: "mouth.axes[0].values"),
        BadValue("mouth.axes.0.values", "[-1, 0, 0]", field: "mouth.axes[0].values"),
        BadValue("mouth.axes.0.values", "[-1, 0.5, 1]", field: "mouth.axes[0].values"),
        BadValue("mouth.axes.0.values", "[-2, 0, 1]", field: "mouth.axes[0].values"),
        BadValue("mouth.axes.0.values", "[]", field: "mouth.axes[0].values"),
        BadValue("mouth.axes.2.values", "[-1, 0]", field: "mouth.axes[2].values"),
        BadValue("mouth.cells", "[0, 1, 2]"), BadValue("mouth.cells.5", "20", field: "mouth.cells[5]"),
        BadValue("mouth.cells.5", "-1", field: "mouth.cells[5]"),
        BadValue("mouth.cells.5", "0.5", field: "mouth.cells[5]"),
    ])
    func aBadValue(bad: BadValue) async throws {
        let bundle = try TinyBundle()
        let value = try JSONSerialization.jsonObject(with: Data(bad.json.utf8), options: .fragmentsAllowed)
        try bundle.change(bad.path, to: value)
        let error = await failure(of: bundle)
        guard case .field(let file, let field, _, let expected) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(file == bundle.file("avatar.json").path)
        #expect(field == bad.field)
        #expect(!expected.isEmpty)
    }

    @Test func anAtlasThatIsTooSmall() async throws {
        let bundle = try TinyBundle()
        let pixels = [UInt8](repeating: 9, count: 60 * 60 * 4)
        try Data(PNG.encode(RGBAImage(width: 60, height: 60, pixels: pixels))).write(to: bundle.file("mouth.png"))
        let error = await failure(of: bundle)
        guard case .media(bundle.file("mouth.png").path, found: "60×60 pixels", let expected) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(expected.contains("4 columns of cells of 16×12"))
    }

    @Test func anAtlasWithNothingInIt() async throws {
        let bundle = try TinyBundle()
        let pixels = [UInt8](repeating: 0, count: 64 * 60 * 4)
        try Data(PNG.encode(RGBAImage(width: 64, height: 60, pixels: pixels))).write(to: bundle.file("mouth.png"))
        let error = await failure(of: bundle)
        guard case .media(bundle.file("mouth.png").path, _, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: ["mouth.png", "clip.mp4"], ["", "not a picture"])
    func aFileThatIsSomethingElse(name: String, content: String) async throws {
        let bundle = try TinyBundle()
        try Data(content.utf8).write(to: bundle.file(name))
        let error = await failure(of: bundle)
        #expect(error?.description.contains(bundle.file(name).path) == true)
    }

    @Test(arguments: ["mouth.png", "clip.mp4"])
    func aFileCutInHalf(name: String) async throws {
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
            expected: "23, as \"frames\" in avatar.json says")
        #expect(await failure(of: bundle) == expected)
    }

    @Test func aClipOfAnotherSizeOrSpeed() async throws {
        let bundle = try TinyBundle()
        try bundle.writeClip(frames: TinyBundle.frames, width: 48)
        #expect(await failure(of: bundle)?.description.contains("pictures of 48×48; expected 64×48") == true)
        try bundle.writeClip(frames: TinyBundle.frames, fps: 30)
        #expect(await failure(of: bundle)?.description.contains("30.0 frames a second; expected 25") == true)
    }
}
