import Foundation
import Video

/// The decoded pictures of a drawn avatar's clip, for all sessions: 1.5 bytes a pixel, 98 MB for 250 frames of 512×512.
///
/// They stay decoded because an utterance may start on any of them, and has 40 ms for each.
///
/// Unchecked: pictures are written while the clip is decoded, by one task, and only read after that.
final class BaseClip: ClipPictures, @unchecked Sendable {
    /// All pictures, in order, at least one.
    let pictures: [PixelBuffer]

    /// Decodes the clip that `manifest` describes.
    /// - Parameter first: how many of its frames are wanted; all without it.
    convenience init(of manifest: DrawnManifest, in folder: URL, first: Int? = nil) throws(AvatarError) {
        try self.init(
            manifest.clip, frames: manifest.header.frames, first: first, of: manifest.header, in: folder)
    }

    /// Decodes a clip of an avatar.
    /// - Parameters:
    ///   - name: the file's.
    ///   - frames: how many it has.
    ///   - first: how many of them are wanted; all without it.
    ///   - field: what in avatar.json says so, with a dot behind it.
    init(
        _ name: String, frames: Int, first: Int? = nil, field: String = "", of header: AvatarManifest, in folder: URL
    ) throws(AvatarError) {
        let wanted = min(frames, first ?? .max)
        let file = folder.appending(path: name)
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw .missingFile(file.path, purpose: "the clip that \"\(field)clip\" in avatar.json names")
        }
        var pictures: [PixelBuffer] = []
        pictures.reserveCapacity(wanted)
        do {
            let reader = try VideoFileReader(file, threads: 2)
            guard reader.width == header.width, reader.height == header.height else {
                throw AvatarError.media(
                    file: file.path, found: "pictures of \(reader.width)×\(reader.height)",
                    expected: "\(header.width)×\(header.height), as avatar.json says")
            }
            guard abs(reader.frameRate - Double(header.fps)) < 0.01 else {
                throw AvatarError.media(
                    file: file.path, found: "\(reader.frameRate) frames a second",
                    expected: "\(header.fps), as avatar.json says")
            }
            while pictures.count < wanted, let picture = try reader.read() { pictures.append(picture) }
        } catch {
            throw AvatarError(error)
        }
        guard pictures.count == wanted else {
            throw .media(
                file: file.path, found: "\(pictures.count) frames that can be decoded",
                expected: "\(frames), as \"\(field)frames\" in avatar.json says")
        }
        self.pictures = pictures
    }

    var count: Int { pictures.count }

    func copy(_ index: Int, into picture: PixelBuffer) { picture.copy(from: pictures[index % pictures.count]) }
}
