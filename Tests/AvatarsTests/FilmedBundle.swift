import Avatars
import Foundation
import TestSupport
import Video

/// A small filmed bundle: 64×48 pixels, a bar that moves to the right by two pixels a frame.
final class FilmedBundle {
    static let frames = 7

    let place: TemporaryFolder
    var folder: URL { place.url.appending(path: "film") }

    /// Writes it, and finishes it.
    init(loop: ClipLoop = .thereAndBack) async throws {
        place = try TemporaryFolder()
        let writer = try Self.writer(at: folder)
        try Self.fill(writer)
        try await writer.finish(loop: loop, model: FaceModel(version: "1.5", fingerprint: "abc"))
    }

    static func writer(at folder: URL, replaces: Bool = false, resumes: Bool = false) throws -> FilmedBundleWriter {
        try FilmedBundleWriter(
            folder, id: "film", name: "Film", width: 64, height: 48, replaces: replaces, resumes: resumes)
    }

    static func fill(_ writer: FilmedBundleWriter) throws {
        for index in writer.frameCount..<frames { try writer.append(picture(index)) }
        for index in 0..<frames { try writer.append(region(index), mask: mask(index)) }
        for index in writer.latentCount..<frames {
            try latents(index).withUnsafeBufferPointer { try writer.append(latents: $0) }
        }
    }

    static func picture(_ index: Int) -> PixelBuffer {
        let picture = PixelBuffer(width: 64, height: 48)
        for row in 0..<48 {
            for column in 0..<8 { picture.luma[row * 64 + 10 + 2 * index + column] = 200 }
        }
        return picture
    }

    static func bytes(ofPicture index: Int) -> [UInt8] {
        let picture = picture(index)
        return withExtendedLifetime(picture) { Array(picture.bytes) }
    }

    static func region(_ index: Int) -> FilmedFace.Region {
        FilmedFace.Region(
            box: PixelBox(left: 10 + index, top: 10, right: 30 + index, bottom: 34),
            maskArea: PixelBox(left: 12 + 2 * index, top: 20, right: 28 + 2 * index, bottom: 36))
    }

    /// Frames 0…3 have one mask, 4…6 another.
    static func mask(_ index: Int) -> [UInt8] { [UInt8](repeating: index < 4 ? 90 : 200, count: 16 * 16) }

    static func latents(_ index: Int) -> [Float] {
        (0..<FilmedFace.latentCount).map { Float(index) + Float($0) / 8192 }
    }

    /// Changes the manifest's text.
    func changeManifest(_ change: (inout [String: Any]) -> Void) throws {
        let file = folder.appending(path: "avatar.json")
        var manifest = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
        change(&manifest)
        try JSONSerialization.data(withJSONObject: manifest).write(to: file)
    }
}
