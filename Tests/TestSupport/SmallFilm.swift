public import Avatars
public import Foundation
import Video

/// A filmed avatar of 96×96 pixels and three frames, whose latents are zeros: enough to speak, not to look at.
public final class SmallFilm: Sendable {
    private let place: TemporaryFolder

    /// The bundle.
    public var folder: URL { place.url.appending(path: "film") }

    /// Writes it.
    /// - Parameter model: the weights that it says it was made for.
    public init(model: FaceModel) async throws {
        place = try TemporaryFolder()
        let writer = try FilmedBundleWriter(
            place.url.appending(path: "film"), id: "film", name: "Film", width: 96, height: 96)
        let area = PixelBox(left: 20, top: 48, right: 76, bottom: 80)
        let mask = [UInt8](repeating: 255, count: area.width * area.height)
        let latents = [Float](repeating: 0, count: FilmedFace.latentCount)
        for _ in 0..<3 {
            try writer.append(PixelBuffer(width: 96, height: 96))
            try writer.append(
                .init(box: PixelBox(left: 16, top: 16, right: 80, bottom: 84), maskArea: area), mask: mask)
            try latents.withUnsafeBufferPointer { try writer.append(latents: $0) }
        }
        try await writer.finish(loop: .thereAndBack, model: model)
    }
}
