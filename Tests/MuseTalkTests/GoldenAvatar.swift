import Avatars
import Foundation
import MuseTalk
import TestSupport
import Video

/// The first eight frames of a real clip, as the goldens have them: their face box, mask and latents.
enum GoldenAvatar {
    static let frames = 8

    /// Makes the bundle, and loads it. What is loaded stays usable when the folder is gone.
    static func load(
        loop: ClipLoop = .forward, model: FaceModel = FaceModel(version: "1.5", fingerprint: nil)
    ) async throws -> Avatar {
        let place = try TemporaryFolder()
        let folder = place.url.appending(path: "sun")
        let reader = try VideoFileReader(Recording.clip.url)
        let writer = try FilmedBundleWriter(
            folder, id: "sun", name: "Sun", width: reader.width, height: reader.height)
        let mask = BlendMask(
            CropMask(image: try GrayImage(contentsOf: Golden.url("mask_0.png")), crop: GoldenBox.crop),
            face: GoldenBox.face,
            frameWidth: reader.width, frameHeight: reader.height)
        for _ in 0..<frames {
            if let picture = try reader.read() { try writer.append(picture) }
            try writer.append(.init(box: GoldenBox.face, maskArea: mask.area), mask: mask.alpha)
        }
        let latents = try Golden.array("latents.npy", of: Float.self)
        try latents.elements.withUnsafeBufferPointer { try writer.append(latents: $0) }
        try await writer.finish(loop: loop, model: model)
        return try await Avatar.load(from: folder)
    }
}
