import Avatars
import Foundation
import TestSupport
import Testing
import Video

@testable import AvatarPreparation

/// The official latents of the film's first frame, in a folder as MuseTalk leaves it.
@Suite(.timeLimit(.minutes(10)), .enabled(if: Golden.exist && MiniModel.exists)) struct ClaimedModelTests {
    private let weights = FaceModel(version: "1.5", fingerprint: "mini")

    private func folder(version: String = "v15", scrambled: Bool = false) throws -> TemporaryFolder {
        var prepared = PreparedFolder(filmed: 1, version: version)
        prepared.box = { _ in PreparedFolder.list(PixelBox(left: 212, top: 168, right: 340, bottom: 318)) }
        prepared.crop = { _ in PreparedFolder.list(PixelBox(left: 164, top: 131, right: 388, bottom: 355)) }
        let folder = try prepared.write()
        let latents = Array(try Golden.array("latents.npy", of: Float.self)[0])
        try folder.file("latents.pt", prepared.latents { _ in scrambled ? latents.reversed() : latents })
        for name in ["00000000.png", "00000001.png"] {
            try folder.file("full_imgs/\(name)", Data(contentsOf: Golden.url("frame_0.png")))
            try folder.file("mask/\(name)", Data(contentsOf: Golden.url("mask_0.png")))
        }
        return folder
    }

    private func convert(_ folder: TemporaryFolder, into place: TemporaryFolder) async throws -> Avatar {
        let encoder = MiniModel.folder.appending(path: "encoder.onnx")
        let bundle = place.url.appending(path: "sun")
        try await MuseTalkImport(MuseTalkFolder(folder.url), preparedWith: ClaimedModel(weights, encoder: encoder))
            .write(to: bundle, id: "sun", name: "Sun")
        return try await Avatar.load(from: bundle)
    }

    @Test func anAvatarIsBoundToTheWeightsThatMadeIt() async throws {
        let avatar = try await convert(folder(), into: TemporaryFolder())
        #expect(try avatar.filmedFace(for: "musetalk").model == weights)
    }

    @Test func latentsOfOtherWeightsAreRefused() async throws {
        let place = try TemporaryFolder()
        let other = try folder(scrambled: true)
        let error = await #expect(throws: MuseTalkFolderError.self) { try await convert(other, into: place) }
        #expect(error?.description.contains("not what the model makes of the first frame") == true)
        let old = try folder(version: "v1")
        let version = await #expect(throws: MuseTalkFolderError.self) { try await convert(old, into: place) }
        #expect(version?.description.contains("prepared for MuseTalk 1.0; expected MuseTalk 1.5") == true)
        #expect(place.fileNames == [])
    }
}
