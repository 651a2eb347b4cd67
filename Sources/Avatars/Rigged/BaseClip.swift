import Foundation
import Video

/// The decoded pictures of a rigged avatar, for all sessions: 1.5 bytes a pixel, 98 MB for 250 frames of 512×512, 0.4 MB
/// for a single picture of that size.
///
/// They stay decoded because an utterance may start on any of them, and has 40 ms for each.
///
/// Unchecked: pictures are written while the clip is decoded, by one task, and only read after that.
final class BaseClip: ClipPictures, @unchecked Sendable {
    /// All pictures, in order, at least one.
    let pictures: [PixelBuffer]
    private let loop: ClipLoop

    /// Decodes the clip, or the picture, that `manifest` describes.
    /// - Parameter first: how many of its frames are wanted; all without it.
    convenience init(of manifest: RiggedManifest, in folder: URL, first: Int? = nil) throws(AvatarError) {
        guard let clip = manifest.clip else {
            try self.init(picture: manifest.picture ?? "", of: manifest.header, in: folder)
            return
        }
        try self.init(
            clip.file, frames: manifest.header.frames, first: first, loop: clip.loop, field: "clip.file",
            of: manifest.header, in: folder)
    }

    /// Decodes a clip of an avatar.
    /// - Parameters:
    ///   - name: the file's.
    ///   - frames: how many it has.
    ///   - first: how many of them are wanted; all without it.
    ///   - field: what in avatar.json names the file.
    init(
        _ name: String, frames: Int, first: Int? = nil, loop: ClipLoop = .forward, field: String,
        of header: AvatarManifest, in folder: URL
    ) throws(AvatarError) {
        let wanted = min(frames, first ?? .max)
        let file = folder.appending(path: name)
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw .missingFile(file.path, purpose: "the clip that \"\(field)\" in avatar.json names")
        }
        var pictures: [PixelBuffer] = []
        pictures.reserveCapacity(wanted)
        do {
            let reader = try VideoFileReader(file, threads: 2)
            try Self.check(width: reader.width, height: reader.height, of: file, header)
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
                expected: "\(frames), as avatar.json says")
        }
        self.pictures = pictures
        self.loop = loop
    }

    /// Decodes the single picture of an avatar.
    private init(picture name: String, of header: AvatarManifest, in folder: URL) throws(AvatarError) {
        let file = folder.appending(path: name)
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw .missingFile(file.path, purpose: "the picture that \"picture\" in avatar.json names")
        }
        do {
            let reader = try FootageReader(file)
            try Self.check(width: reader.width, height: reader.height, of: file, header)
            let picture = PixelBuffer(width: reader.width, height: reader.height)
            guard try reader.read(into: picture) else { throw VideoFileError.empty(file: file.path) }
            pictures = [picture]
        } catch {
            throw AvatarError(error)
        }
        loop = .forward
    }

    private static func check(
        width: Int, height: Int, of file: URL, _ header: AvatarManifest
    ) throws(AvatarError) {
        guard width == header.width, height == header.height else {
            throw .media(
                file: file.path, found: "\(width)×\(height) pixels",
                expected: "\(header.width)×\(header.height), as avatar.json says")
        }
    }

    var count: Int { loop.length(ofFilmed: pictures.count) }

    /// The number of the picture that is shown as frame `index`, 0 or more.
    func number(at index: Int) -> Int { loop.filmedFrame(at: index, of: pictures.count) }

    func copy(_ index: Int, into picture: PixelBuffer) { picture.copy(from: pictures[number(at: index)]) }
}
