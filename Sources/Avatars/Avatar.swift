public import Foundation
public import Video

/// A person that can be shown: a clip that loops without a seam, and what an engine needs to paint its mouth.
///
/// Loaded once, then shared by every session; nothing in it changes after loading. Its largest part is the decoded
/// clip: width × height × 1.5 bytes a frame, 98 MB for 250 frames of 512×512.
public final class Avatar: Sendable {
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
    /// Frames in the clip.
    public let frameCount: Int
    /// The clip, compressed once for everybody: the last frame is followed by the first. Every
    /// ``idleKeyframeInterval``th is a keyframe.
    public let idle: [EncodedFrame]
    /// What WebCodecs has to be told, for ``idle`` and for frames encoded with ``encoding``: e.g. `avc1.42C01E`.
    public let codec: String
    /// The first frame as a PNG file.
    public let poster: [UInt8]

    /// Frames from one keyframe of ``idle`` to the next.
    public static let idleKeyframeInterval = 10

    private let clip: BaseClip
    private let atlas: MouthAtlas
    private let placements: [Placement]

    /// How frames of an utterance are compressed.
    public var encoding: H264Settings { H264Settings(width: width, height: height, fps: fps) }

    /// Reads a bundle, and does once what every session needs: decodes clip and drawings, compresses the idle clip.
    ///
    /// Keeps all cores busy for about a second.
    /// - Parameter folder: the bundle: a folder with an `avatar.json`.
    /// - Throws: ``AvatarError``.
    @concurrent
    public static func load(from folder: URL) async throws(AvatarError) -> Avatar {
        let manifest = try AvatarManifest(in: folder)
        do {
            async let atlas = MouthAtlas(of: manifest, in: folder)
            let clip = try BaseClip(of: manifest, in: folder)
            let settings = H264Settings(
                width: manifest.width, height: manifest.height, fps: manifest.fps, quality: 18, effort: .once)
            async let idle = clip.encode(settings)
            let poster = try PNG.encode(clip.pictures[0])
            return try await Avatar(manifest, clip: clip, atlas: atlas, idle: idle, poster: poster)
        } catch let error as AvatarError {
            throw error
        } catch {
            throw .video("\(error)")
        }
    }

    private init(
        _ manifest: AvatarManifest, clip: BaseClip, atlas: MouthAtlas, idle: [EncodedFrame], poster: [UInt8]
    ) {
        id = manifest.id
        name = manifest.name
        width = manifest.width
        height = manifest.height
        fps = manifest.fps
        frameCount = manifest.frames
        self.idle = idle
        codec = idle.first?.codec ?? ""
        self.poster = poster
        self.clip = clip
        self.atlas = atlas
        placements = manifest.anchors.map { anchor in
            Placement(
                anchorX: atlas.anchorX, anchorY: atlas.anchorY, x: anchor[0], y: anchor[1], scale: anchor[2],
                rotation: anchor[3])
        }
    }

    /// Makes `picture` the clip's frame `index`.
    /// - Parameters:
    ///   - index: any number, 0 or more; the clip loops.
    ///   - picture: of the avatar's size.
    public func copyBaseFrame(_ index: Int, into picture: PixelBuffer) {
        picture.copy(from: clip.pictures[index % frameCount])
    }

    /// What ``paint(_:onBaseFrame:into:using:)`` draws with; one for each task that paints.
    public func makeBrush() -> MouthBrush { MouthBrush(for: atlas) }

    /// Makes `picture` the clip's frame `index`, with its mouth in `pose`.
    ///
    /// ``MouthPose/rest`` is the clip's frame as it is, and poses near it fade into that. Allocates nothing.
    /// - Parameters:
    ///   - index: any number, 0 or more; the clip loops.
    ///   - picture: of the avatar's size.
    ///   - brush: from ``makeBrush()`` of this avatar.
    public func paint(
        _ pose: MouthPose, onBaseFrame index: Int, into picture: PixelBuffer, using brush: MouthBrush
    ) {
        copyBaseFrame(index, into: picture)
        brush.paint(pose, of: atlas, onto: picture, at: placements[index % frameCount])
    }
}
