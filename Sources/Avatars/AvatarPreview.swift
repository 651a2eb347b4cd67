public import Foundation
import Video

/// What can be told and shown of an avatar before it is loaded.
public struct AvatarPreview: Sendable, Equatable {
    /// The bundle's name in the configuration and on the wire, e.g. `mira`.
    public let id: String
    /// The name that people see.
    public let name: String
    /// Width of every frame in pixels, even.
    public let width: Int
    /// Height of every frame in pixels, even.
    public let height: Int
    /// Frames a second; 25.
    public let fps: Int
    /// Frames that are shown until the first is shown again; not fewer than were filmed.
    public let frameCount: Int
    /// What WebCodecs has to be told, for ``Avatar/idle`` and for frames encoded with ``Avatar/encoding``: e.g.
    /// `avc1.42C01E`.
    public let codec: String
    /// The first frame as a PNG file.
    public let poster: [UInt8]
    /// What it has beside the idle clip.
    public let poses: [AvatarPose]

    /// Reads a bundle's manifest and its first frame, in some milliseconds. What else is in the bundle is not looked at.
    /// - Parameter folder: the bundle: a folder with an `avatar.json`.
    /// - Throws: ``AvatarError``.
    @concurrent
    public static func load(from folder: URL) async throws(AvatarError) -> AvatarPreview {
        let manifest = try ManifestFile(in: folder)
        do {
            switch try manifest.decode(AvatarManifest.self).kind {
            case .filmed:
                let manifest = try manifest.decode(FilmedManifest.self)
                return AvatarPreview(
                    manifest.header, frameCount: manifest.loop.length(ofFilmed: manifest.header.frames),
                    idle: try IdleClip.read(manifest, in: folder, first: 1),
                    poster: try manifest.readPoster(in: folder), poses: manifest.header.filmedPoses)
            case .rigged:
                let manifest = try manifest.decode(RiggedManifest.self)
                let clip = try BaseClip(of: manifest, in: folder, first: 1)
                let idle = try await IdleClip.encode(clip, IdleClip.settings(for: manifest.header))
                return AvatarPreview(
                    manifest.header, frameCount: manifest.shownFrames, idle: idle,
                    poster: try PNG.encode(clip.pictures[0]), poses: manifest.poses)
            }
        } catch {
            throw AvatarError(error)
        }
    }

    /// Puts the parts together.
    /// - Parameter idle: the idle clip, or its beginning.
    init(_ manifest: AvatarManifest, frameCount: Int, idle: [EncodedFrame], poster: [UInt8], poses: [AvatarPose]) {
        id = manifest.id
        name = manifest.name
        width = manifest.width
        height = manifest.height
        fps = manifest.fps
        self.frameCount = frameCount
        codec = idle.first?.codec ?? ""
        self.poster = poster
        self.poses = poses
    }
}
