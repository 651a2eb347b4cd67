import Avatars
import Foundation
import TestSupport
import Testing

/// What is told of an avatar before it is loaded.
@Suite(.timeLimit(.minutes(10))) struct AvatarPreviewTests {
    @Test func aRiggedAvatarIsWhatItIsOnceLoaded() async throws {
        let folder = try AvatarLibrary().locate("mira")
        #expect(try await AvatarPreview.load(from: folder) == Avatar.load(from: folder).preview)
    }

    @Test func anAvatarOfASinglePictureIsWhatItIsOnceLoaded() async throws {
        let bundle = try TinyBundle(.picture)
        #expect(try await AvatarPreview.load(from: bundle.folder) == Avatar.load(from: bundle.folder).preview)
    }

    @Test func aFilmedAvatarIsWhatItIsOnceLoaded() async throws {
        let film = try await SmallFilm(model: FaceModel(version: "1.5", fingerprint: nil))
        #expect(try await AvatarPreview.load(from: film.folder) == Avatar.load(from: film.folder).preview)
    }

    @Test func aBundleWithoutItsPosterSaysSo() async throws {
        let film = try await SmallFilm(model: FaceModel(version: "1.5", fingerprint: nil))
        try FileManager.default.removeItem(at: film.folder.appending(path: "poster.png"))
        let error = await #expect(throws: AvatarError.self) { try await AvatarPreview.load(from: film.folder) }
        #expect(error?.description.contains("poster.png") == true)
    }
}
