import ArgumentParser
import AvatarPreparation
import Avatars
import Foundation
import Home
import TestSupport
import Testing
import Video

@testable import visavis

@Suite(.timeLimit(.minutes(10))) struct AvatarCommandTests {
    /// A home with one filmed avatar: two frames of 64×48.
    private let home: VisavisHome
    private let place: TemporaryFolder

    init() async throws {
        place = try TemporaryFolder()
        home = VisavisHome(place.url)
        let writer = try FilmedBundleWriter(
            home.avatars.appending(path: "anna"), id: "anna", name: "Anna", width: 64, height: 48)
        for left in [8, 12] {
            try writer.append(PixelBuffer(width: 64, height: 48))
            let box = PixelBox(left: left, top: 8, right: left + 20, bottom: 40)
            let area = PixelBox(left: left, top: 20, right: left + 20, bottom: 40)
            try writer.append(
                FilmedFace.Region(box: box, maskArea: area), mask: [UInt8](repeating: 255, count: 400))
            try [Float](repeating: 0.5, count: FilmedFace.latentCount).withUnsafeBufferPointer {
                try writer.append(latents: $0)
            }
        }
        try await writer.finish(loop: .thereAndBack, model: FaceModel(version: "1.5", fingerprint: nil))
    }

    @Test func theListHasOnesOwnAvatarsAndTheBuiltInOnes() throws {
        let rows = AvatarList.rows(in: AvatarLibrary(home: home))
        #expect(rows.map(\.id) == ["anna", "mira", "theo"])
        #expect(rows.map(\.kind) == [.filmed, .rigged, .rigged])
        let table = AvatarList.table(rows)
        #expect(table[0].hasPrefix("anna  filmed  64×48    2 frames"))
        #expect(table[1].hasPrefix("mira  rigged  512×512"))
    }

    @Test func anInspectionSaysWhatAnAvatarIs() async throws {
        let folder = home.avatars.appending(path: "anna")
        var summary = try await AvatarSummary(of: folder)
        #expect(summary.frames == 2 && summary.shownFrames == 4 && summary.seconds == 0.08)
        #expect(summary.bytes > 2 * (64 * 48 * 3 / 2 + FilmedFace.latentCount * 4))
        #expect(
            summary.face
                == AvatarSummary.Face(
                    modelVersion: "1.5", modelFingerprint: nil,
                    firstBox: PixelBox(left: 8, top: 8, right: 28, bottom: 40),
                    bounds: PixelBox(left: 8, top: 8, right: 32, bottom: 40)))
        #expect(summary.contactSheet == nil)
        summary.bytes = 12_345_678
        #expect(
            summary.description == """
                anna (Anna)
                  face        filmed, for MuseTalk 1.5 (prepared elsewhere)
                  picture     64×48
                  frames      2, 0.1 s, shown there and back
                  face box    20×32 in the first frame, within 24×32 in all
                  on disk     12.3 MB in \(folder.path)
                """)
        let json = try MachineOutput.line(summary)
        #expect(json.contains(#""first_box":[8,8,28,40]"#) && json.contains(#""kind":"filmed""#))
    }

    @Test func aRiggedAvatarIsInspectedToo() async throws {
        let summary = try await AvatarSummary(of: AvatarLibrary().locate("mira"))
        #expect(summary.kind == .rigged && summary.face == nil && summary.frames == summary.shownFrames)
        #expect(summary.description.contains("rigged, for the engine viseme"))
    }

    @Test func aBrokenAvatarIsNotInspectedButRemoved() async throws {
        let folder = home.avatars.appending(path: "anna")
        try FileManager.default.removeItem(at: folder.appending(path: "latents.bin"))
        await #expect(throws: AvatarError.self) { try await AvatarSummary(of: folder) }
        try Data("{".utf8).write(to: folder.appending(path: "avatar.json"))
        try AvatarRemove.remove(AvatarRemove.folder(of: "anna", in: home))
        #expect(try FileManager.default.contentsOfDirectory(atPath: home.avatars.path) == [])
    }

    @Test func onlyOnesOwnAvatarsAreRemoved() throws {
        #expect(throws: AvatarError.unknown(id: "bea", known: ["anna", "mira", "theo"])) {
            try AvatarRemove.folder(of: "bea", in: home)
        }
        #expect(throws: AvatarRemovalError.self) { try AvatarRemove.folder(of: "mira", in: home) }
        #expect(throws: (any Error).self) { try AvatarRemove.folder(of: "..", in: home) }
        #expect(throws: (any Error).self) { try AvatarRemove.folder(of: "../avatars", in: home) }
    }

    @Test func aRemovalThatNobodyCanConfirmNeedsYes() throws {
        #expect(try AvatarRemove.parse(["anna", "--yes"]).yes)
        #expect(throws: (any Error).self) { try AvatarRemove.parse([]) }
    }

    @Test func theRepaintedPartIsNamedAsInMuseTalk() throws {
        func region(_ words: String..., version: String = "1.5") throws -> FaceRegion {
            try AvatarCreate.parse(["--video=a.mp4", "--name=A"] + words).faceOptions.region(for: version)
        }
        #expect(try region() == .jaw(leftCheek: 90, rightCheek: 90))
        #expect(try region(version: "1.0") == .face)
        #expect(try region("--parsing-mode=raw") == .face)
        #expect(try region("--parsing-mode=neck") == .faceAndNeck)
        #expect(try region("--parsing-mode=jaw", version: "1.0") == .jaw())
        #expect(try region("--left-cheek-width=80", "--right-cheek-width=70") == .jaw(leftCheek: 80, rightCheek: 70))
        #expect(throws: (any Error).self) { try region("--parsing-mode=raw", "--left-cheek-width=80") }
        #expect(throws: (any Error).self) { try region("--parsing-mode=chin") }
        #expect(throws: (any Error).self) { try region("--left-cheek-width=257") }
    }

    /// As in MuseTalk, where they are flags beside the file.
    @Test func theyAreFlagsOfAnInferenceConfigurationToo() throws {
        let render = try Render.parse(["--inference-config=a.yaml", "--parsing-mode=neck", "--extra-margin=4"])
        #expect(render.faceOptions.region(for: "1.5") == .faceAndNeck)
        #expect(render.faceOptions.margin(for: "1.0") == 4)
        #expect(throws: (any Error).self) { try Render.parse(["--text=Hi.", "--out=a.mp4", "--extra-margin=4"]) }
    }

    @Test func withoutAModelItIsSaidWhereOneWouldBe() throws {
        let command = try AvatarCreate.parse(["--video=a.mp4", "--name=A"])
        #expect(throws: CreationError.noModel(folder: home.models.path)) { try command.chosenModel(in: home) }
    }

    @Test func aFolderThatIsNoAvatarIsNotImported() async throws {
        let command = try AvatarImport.parse([place.url.path, "--name", "bea"])
        await #expect(throws: (any Error).self) {
            try await command.importFolder(into: home, showing: ProgressLine(isShown: false))
        }
        #expect(AvatarList.rows(in: AvatarLibrary(home: home)).map(\.id) == ["anna", "mira", "theo"])
    }
}
