import Foundation
import Video

/// The decoded pictures of an avatar's clip, for all sessions: 1.5 bytes a pixel, 98 MB for 250 frames of 512×512.
///
/// They stay decoded because an utterance may start on any of them, and has 40 ms for each.
///
/// Unchecked: pictures are written while the clip is decoded, by one task, and only read after that.
final class BaseClip: @unchecked Sendable {
    /// All pictures, in order, at least one.
    let pictures: [PixelBuffer]

    /// Decodes the clip that `manifest` describes.
    init(of manifest: AvatarManifest, in folder: URL) throws(AvatarError) {
        let file = folder.appending(path: manifest.clip)
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw .missingFile(file.path, purpose: "the clip that \"clip\" in avatar.json names")
        }
        var pictures: [PixelBuffer] = []
        pictures.reserveCapacity(manifest.frames)
        do {
            let reader = try VideoFileReader(file, threads: 2)
            guard reader.width == manifest.width, reader.height == manifest.height else {
                throw AvatarError.media(
                    file: file.path, found: "pictures of \(reader.width)×\(reader.height)",
                    expected: "\(manifest.width)×\(manifest.height), as avatar.json says")
            }
            guard abs(reader.frameRate - Double(manifest.fps)) < 0.01 else {
                throw AvatarError.media(
                    file: file.path, found: "\(reader.frameRate) frames a second",
                    expected: "\(manifest.fps), as avatar.json says")
            }
            while pictures.count < manifest.frames, let picture = try reader.read() { pictures.append(picture) }
        } catch let error as AvatarError {
            throw error
        } catch {
            throw .video("\(error)")
        }
        guard pictures.count == manifest.frames else {
            throw .media(
                file: file.path, found: "\(pictures.count) frames that can be decoded",
                expected: "\(manifest.frames), as \"frames\" in avatar.json says")
        }
        self.pictures = pictures
    }

    /// Compresses the clip once for everybody, with a keyframe every ``Avatar/idleKeyframeInterval`` frames.
    ///
    /// Each run from keyframe to keyframe is compressed by an encoder of its own, side by side.
    func encode(_ settings: H264Settings) async throws(AvatarError) -> [EncodedFrame] {
        let interval = Avatar.idleKeyframeInterval
        let starts = Array(stride(from: 0, to: pictures.count, by: interval))
        do {
            return try await withThrowingTaskGroup(of: (Int, [EncodedFrame]).self) { group in
                for start in starts {
                    group.addTask { [self] in
                        let encoder = try H264Encoder(settings)
                        let run = pictures[start..<min(start + interval, pictures.count)]
                        return (start, try run.map { try encoder.encode($0) })
                    }
                }
                var runs: [Int: [EncodedFrame]] = [:]
                for try await (start, run) in group { runs[start] = run }
                return starts.flatMap { runs[$0] ?? [] }
            }
        } catch {
            throw .video("\(error)")
        }
    }
}
