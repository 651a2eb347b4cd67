import Avatars
import Foundation
import Home
import TestSupport
import Testing
import Video

/// The bundle of a filmed avatar, written and read again.
@Suite(.timeLimit(.minutes(10))) struct FilmedAvatarTests {
    @Test func whatIsWrittenIsRead() async throws {
        let bundle = try await FilmedBundle()
        let avatar = try await Avatar.load(from: bundle.folder)
        #expect(avatar.id == "film")
        #expect(avatar.name == "Film")
        #expect(avatar.width == 64)
        #expect(avatar.height == 48)
        let face = try avatar.filmedFace(for: "test")
        #expect(face.model == FaceModel(version: "1.5", fingerprint: "abc"))
        #expect(face.regions == (0..<FilmedBundle.frames).map(FilmedBundle.region))
        for index in 0..<FilmedBundle.frames {
            face.withMask(ofFilmedFrame: index) { #expect(Array($0) == FilmedBundle.mask(index)) }
        }
        face.withLatents { #expect(Array($0) == (0..<FilmedBundle.frames).flatMap(FilmedBundle.latents)) }
        #expect(bundle.place.fileNames == ["film"])
    }

    @Test func theClipGoesThereAndBack() async throws {
        let bundle = try await FilmedBundle()
        let avatar = try await Avatar.load(from: bundle.folder)
        let face = try avatar.filmedFace(for: "test")
        #expect(avatar.frameCount == 14)
        #expect((0..<16).map(face.filmedFrame) == [0, 1, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 1, 0, 0, 1])
        let picture = PixelBuffer(width: 64, height: 48)
        for index in 0..<16 {
            avatar.copyBaseFrame(index, into: picture)
            #expect(Array(picture.bytes) == FilmedBundle.bytes(ofPicture: face.filmedFrame(atBaseFrame: index)))
        }
    }

    @Test func theIdleClipShowsTheSame() async throws {
        let bundle = try await FilmedBundle()
        let avatar = try await Avatar.load(from: bundle.folder)
        let pictures = try decode(avatar.idle)
        #expect(pictures.count == avatar.frameCount)
        let base = PixelBuffer(width: 64, height: 48)
        for (index, picture) in pictures.enumerated() {
            avatar.copyBaseFrame(index, into: base)
            #expect(picture.lumaDifference(to: base) < 2, "frame \(index)")
            #expect(avatar.idle[index].isKeyframe == index.isMultiple(of: Avatar.idleKeyframeInterval))
        }
        #expect(try avatar.preview.codec == H264Encoder(avatar.encoding).encode(base).codec)
        #expect(Array(avatar.preview.poster.prefix(4)) == [0x89, 0x50, 0x4E, 0x47])
    }

    @Test func aClipMadeToLoopGoesForward() async throws {
        let bundle = try await FilmedBundle(loop: .forward)
        let avatar = try await Avatar.load(from: bundle.folder)
        #expect(avatar.frameCount == FilmedBundle.frames)
        #expect(try avatar.filmedFace(for: "test").filmedFrame(atBaseFrame: 8) == 1)
    }

    @Test func aPhotoIsALoopOfOneFrame() {
        for loop in ClipLoop.allCases {
            #expect(loop.length(ofFilmed: 1) == 1)
            #expect(loop.filmedFrame(at: 5, of: 1) == 0)
        }
    }

    @Test func enginesAreRefusedTheWrongFace() async throws {
        let bundle = try await FilmedBundle()
        let filmed = try await Avatar.load(from: bundle.folder)
        let error = #expect(throws: AvatarError.self) { try filmed.riggedFace(for: "viseme") }
        #expect(error == .wrongFace(avatar: "film", engine: "viseme", found: .filmed, expected: .rigged))
        let mira = try await AvatarLibrary().load("mira")
        #expect(throws: AvatarError.wrongFace(avatar: "mira", engine: "musetalk", found: .rigged, expected: .filmed)) {
            try mira.filmedFace(for: "musetalk")
        }
    }

    @Test func equalMasksAreStoredOnce() async throws {
        let bundle = try await FilmedBundle()
        let file = bundle.folder.appending(path: "masks.bin")
        #expect(try Data(contentsOf: file).count == 2 * 16 * 16)
    }

    @Test func aPersonsOwnAvatarsAreFound() async throws {
        let bundle = try await FilmedBundle()
        let home = VisavisHome(environment: ["VISAVIS_HOME": bundle.place.url.path])
        try FileManager.default.createDirectory(at: home.avatars, withIntermediateDirectories: true)
        try FileManager.default.moveItem(at: bundle.folder, to: home.avatars.appending(path: "film"))
        let entry = try #require(AvatarLibrary(home: home).list().first)
        #expect(entry.id == "film")
        #expect(entry.kind == .filmed)
        #expect(entry.frames == FilmedBundle.frames)
        #expect(AvatarLibrary(home: home).list().contains { $0.id == "mira" && $0.kind == .rigged })
    }
}
