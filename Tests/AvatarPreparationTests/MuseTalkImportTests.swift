import Avatars
import Foundation
import MuseTalk
import TestSupport
import Testing
import Video

@testable import AvatarPreparation

@Suite(.timeLimit(.minutes(10))) struct MuseTalkImportTests {
    private static func convert(_ folder: TemporaryFolder, to place: TemporaryFolder) async throws -> Avatar {
        let bundle = place.url.appending(path: "anna")
        try await MuseTalkImport(MuseTalkFolder(folder.url)).write(to: bundle, id: "anna", name: "Anna")
        return try await Avatar.load(from: bundle)
    }

    /// What goes wrong, and that nothing is left of it.
    private static func failure(_ folder: TemporaryFolder) async throws -> String {
        let place = try TemporaryFolder()
        let error = await #expect(throws: MuseTalkFolderError.self) { try await convert(folder, to: place) }
        #expect(place.fileNames == [])
        return error?.description.replacing(folder.url.path, with: "") ?? ""
    }

    @Test(arguments: [true, false])
    func everythingArrivesOnce(isDoubled: Bool) async throws {
        let folder = try PreparedFolder(isDoubled: isDoubled).write()
        let place = try TemporaryFolder()
        let avatar = try await Self.convert(folder, to: place)
        let face = try avatar.filmedFace(for: "musetalk")
        #expect(avatar.name == "Anna" && avatar.width == 64 && avatar.height == 48)
        #expect(avatar.frameCount == 6 && face.frameCount == 3 && face.loop == .thereAndBack)
        #expect(face.model == FaceModel(version: "1.5", fingerprint: nil))
        let picture = PixelBuffer(width: 64, height: 48)
        for index in 0..<3 {
            #expect(face.regions[index].box == PreparedFolder.box(index))
            let mask = PreparedFolder.blendMask(index)
            #expect(face.regions[index].maskArea == mask.area)
            face.withMask(ofFilmedFrame: index) { #expect(Array($0) == mask.alpha) }
            face.withLatents {
                let latents = $0[(index * FilmedFace.latentCount)..<((index + 1) * FilmedFace.latentCount)]
                #expect(latents.elementsEqual(PreparedFolder.latents(index)))
            }
            avatar.copyBaseFrame(index, into: picture)
            // 0…255 of a picture is 16…235 of a film.
            #expect(abs(Int(picture.luma[0]) - (16 + (index * 20 + 100) * 219 / 255)) <= 1)
        }
        #expect(place.fileNames == ["anna"])
    }

    @Test func aFolderOfVersion1IsForThatModel() async throws {
        let (first, second) = (try PreparedFolder(version: "v1").write(), try PreparedFolder(version: nil).write())
        #expect(try MuseTalkFolder(first.url).version == "1.0")
        #expect(try MuseTalkFolder(first.url).name == "anna")
        #expect(try MuseTalkFolder(second.url).version == "1.5")
    }

    @Test func whatMovesInOneHalfOnlyIsKeptWhole() async throws {
        let folder = try PreparedFolder().write()
        try folder.file("full_imgs/00000004.png", PNG.encode(RGBAImage(gray: 9, 64, 48)))
        #expect(try MuseTalkFolder(folder.url).frameCount == 6)
    }

    @Test func anOddSizeLosesItsLastColumnAndRow() async throws {
        let edge = PixelBox(left: 10, top: 8, right: 65, bottom: 49)
        let folder = try PreparedFolder(
            width: 65, height: 49, box: { _ in PreparedFolder.list(edge) },
            crop: { _ in PreparedFolder.list(PixelBox(left: 25, top: 9, right: 67, bottom: 51)) }
        ).write()
        // The crop has to hold the box still, whatever the picture loses.
        #expect(try await Self.failure(folder).contains("the crop box [25, 9, 67, 51]"))
        let fitting = PreparedFolder(
            width: 65, height: 49,
            box: { _ in PreparedFolder.list(PixelBox(left: 30, top: 12, right: 65, bottom: 49)) },
            crop: { _ in PreparedFolder.list(PixelBox(left: 25, top: 9, right: 67, bottom: 51)) })
        let avatar = try await Self.convert(fitting.write(), to: TemporaryFolder())
        #expect(avatar.width == 64 && avatar.height == 48)
        #expect(
            try avatar.filmedFace(for: "").regions[0].box == PixelBox(left: 30, top: 12, right: 64, bottom: 48))
    }

    @Test(arguments: [
        ("avator_info.json", "description"), ("full_imgs", "the frames' pictures"), ("mask", "the masks' pictures"),
        ("coords.pkl", "where the face is"), ("mask_coords.pkl", "where the masks are"), ("latents.pt", "the latents"),
    ])
    func whatIsMissingIsNamed(name: String, purpose: String) async throws {
        let folder = try PreparedFolder().write()
        try FileManager.default.removeItem(at: folder.url.appending(path: name))
        let words = try await Self.failure(folder)
        #expect(words.hasPrefix("/\(name): missing; expected"))
        #expect(words.contains(purpose) && words.contains("prepare the avatar again"))
    }

    @Test(arguments: [
        ("full_imgs/00000005.png", "5 pictures in full_imgs, 6 in mask"), ("mask/00000000.png", "5 in mask, 6 boxes"),
    ])
    func countsThatDifferAreNamed(name: String, words: String) async throws {
        let folder = try PreparedFolder().write()
        try FileManager.default.removeItem(at: folder.url.appending(path: name))
        #expect(try await Self.failure(folder).contains(words))
    }

    @Test(arguments: [
        ("coords.pkl", "cos\nsystem\n(S'touch /tmp/owned'\ntR.", "asks at byte 0 for Python's \"os.system\""),
        ("coords.pkl", "N.", "holds None; expected a list of boxes"),
        ("mask_coords.pkl", "](I1\nI2\nlae.", "is damaged"),
        ("mask_coords.pkl", "]](I1\nI2\nea.", "at [0] holds [1.0, 2.0]; expected [left, top, right, bottom]"),
        ("latents.pt", "hello", "is no file of PyTorch's"), ("latents.pt", "PK\u{3}\u{4}", "breaks off"),
        ("avator_info.json", "[]", "no JSON object"),
        ("avator_info.json", "{\"avatar_id\": \"a\", \"version\": \"v9\"}", "the version \"v9\"; expected \"v15\""),
        ("full_imgs/00000000.png", "hello", "pictures of 0×0"), ("mask/00000001.png", "hello", "can be decoded"),
        ("full_imgs/cover.png", "hello", "a picture whose name is no number"),
    ])
    func whatIsDamagedIsNamed(name: String, contents: String, words: String) async throws {
        let folder = try PreparedFolder().write()
        try folder.file(name, contents.utf8)
        let failure = try await Self.failure(folder)
        #expect(failure.hasPrefix("/\(name): ") && failure.contains(words), "\(failure)")
    }

    @Test func framesThatDoNotFitAreNamed() async throws {
        let size = try PreparedFolder().write()
        try size.file("full_imgs/00000001.png", PNG.encode(RGBAImage(gray: 9, 32, 48)))
        #expect(try await Self.failure(size).contains("frame 1 has a picture of 32×48; expected 64×48"))

        let mask = try PreparedFolder().write()
        try mask.file("mask/00000002.png", PNG.encode(RGBAImage(gray: 9, 8, 8)))
        #expect(try await Self.failure(mask).contains("frame 2 has a mask of 8×8; expected 42×42"))

        let shape = try PreparedFolder(shape: [1, 4, 32, 64]).write()
        #expect(try await Self.failure(shape).contains("a tensor of [1, 4, 32, 64]; expected one of [1, 8, 32, 32]"))

        let whole = try PreparedFolder(storage: "IntStorage").write()
        #expect(try await Self.failure(whole).contains("frame 0 has whole numbers"))

        let none = try PreparedFolder(box: { _ in .tuple([.real(0), .real(0), .real(0), .real(0)]) }).write()
        #expect(try await Self.failure(none).contains("coords.pkl: frame 0 has no face"))
    }

    @Test(arguments: [
        PixelBox(left: -1, top: 8, right: 30, bottom: 36), PixelBox(left: 10, top: 8, right: 66, bottom: 36),
        PixelBox(left: 30, top: 8, right: 10, bottom: 36), PixelBox(left: 10, top: 8, right: 30, bottom: 70_000),
        PixelBox(left: 10, top: 8, right: 12, bottom: 36),
        PixelBox(left: Int(Int32.min), top: Int(Int32.min), right: Int(Int32.max), bottom: Int(Int32.max)),
    ])
    func aBoxOutsideThePictureIsNamed(box: PixelBox) async throws {
        let folder = try PreparedFolder(box: { PreparedFolder.list($0 == 1 ? box : PreparedFolder.box($0)) }).write()
        #expect(try await Self.failure(folder).contains("coords.pkl: frame 1 has the face box \(box)"))
    }

    @Test func aNameThatIsTakenIsNotOverwrittenUnasked() async throws {
        let folder = try PreparedFolder().write()
        let place = try TemporaryFolder()
        let first = try await Self.convert(folder, to: place)
        await #expect(throws: AvatarError.self) { try await Self.convert(folder, to: place) }
        #expect(place.fileNames == ["anna"])
        let other = try PreparedFolder(filmed: 2).write()
        try await MuseTalkImport(MuseTalkFolder(other.url)).write(
            to: place.url.appending(path: "anna"), id: "anna", name: "Anna", replaces: true)
        #expect(try await Avatar.load(from: place.url.appending(path: "anna")).frameCount == 4)
        #expect(first.frameCount == 6)
    }

    @Test func aCancelledImportLeavesNothing() async throws {
        let folder = try PreparedFolder().write()
        let place = try TemporaryFolder()
        let task = Task {
            try await MuseTalkImport(MuseTalkFolder(folder.url)).write(
                to: place.url.appending(path: "anna"), id: "anna", name: "Anna"
            ) { done, _ in
                if done == 2 { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(place.fileNames == [])
    }

    @Test(.enabled(if: Golden.exist))
    func aMaskIsReadAsItWasWritten() throws {
        let mask = try GrayImage(contentsOf: Golden.url("mask_0.png"))
        #expect(mask.width == 224 && mask.height == 224)
        #expect(mask.pixels.reduce(0) { $0 + Int($1) } == 1_867_215)
    }
}
