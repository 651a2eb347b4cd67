public import Foundation
public import Video

/// A person that can be shown: a clip that loops without a seam, and what an engine needs to move its lips.
///
/// Loaded once, then shared by every session; nothing in it changes after loading. The clip of a drawn avatar is kept
/// decoded: width × height × 1.5 bytes a frame, 98 MB for 250 frames of 512×512. That of a filmed one stays in its
/// file, which is mapped.
public final class Avatar: Sendable {
    /// What a face is made of.
    public enum Kind: String, Sendable, Codable {
        /// A mouth that is blended from drawings: format 1.
        case drawn
        /// A film of a person, whose lower face a model repaints: format 2.
        case filmed
    }

    /// The face, for the engine that can move it.
    public enum Face: Sendable {
        /// For engines that draw.
        case drawn(DrawnFace)
        /// For engines that repaint.
        case filmed(FilmedFace)
    }

    /// What could be told of it before it was loaded.
    public let preview: AvatarPreview
    /// The clip, compressed once for everybody: the last frame is followed by the first. Every
    /// ``idleKeyframeInterval``th is a keyframe.
    public let idle: [EncodedFrame]
    /// What an engine paints with.
    public let face: Face

    /// Frames from one keyframe of ``idle`` to the next.
    public static let idleKeyframeInterval = 10

    private let clip: any ClipPictures

    /// The bundle's name in the configuration and on the wire, e.g. `mira`.
    public var id: String { preview.id }
    /// The name that people see.
    public var name: String { preview.name }
    /// Width of every frame in pixels, even.
    public var width: Int { preview.width }
    /// Height of every frame in pixels, even.
    public var height: Int { preview.height }
    /// Frames a second; 25.
    public var fps: Int { preview.fps }
    /// Frames that are shown until the first is shown again; not fewer than were filmed.
    public var frameCount: Int { preview.frameCount }

    /// How frames of an utterance are compressed.
    public var encoding: H264Settings { H264Settings(width: width, height: height, fps: fps) }

    /// What the face is made of.
    public var kind: Kind {
        switch face {
        case .drawn: .drawn
        case .filmed: .filmed
        }
    }

    /// Reads a bundle, and does once what every session needs.
    ///
    /// For a drawn face that keeps all cores busy for about a second: clip and drawings are decoded, the idle clip is
    /// compressed. A filmed one has all that in its files.
    /// - Parameter folder: the bundle: a folder with an `avatar.json`.
    /// - Throws: ``AvatarError``.
    @concurrent
    public static func load(from folder: URL) async throws(AvatarError) -> Avatar {
        let manifest = try ManifestFile(in: folder)
        do {
            return switch try manifest.decode(AvatarManifest.self).kind {
            case .drawn: try await drawn(manifest.decode(DrawnManifest.self), in: folder)
            case .filmed: try filmed(manifest.decode(FilmedManifest.self), in: folder)
            }
        } catch {
            throw AvatarError(error)
        }
    }

    private static func drawn(_ manifest: DrawnManifest, in folder: URL) async throws -> Avatar {
        async let atlas = MouthAtlas(of: manifest, in: folder)
        let clip = try BaseClip(of: manifest, in: folder)
        let settings = IdleClip.settings(for: manifest.header)
        async let idle = IdleClip.encode(clip, settings)
        let poster = try PNG.encode(clip.pictures[0])
        let face = try await DrawnFace(manifest, atlas: atlas)
        return try await Avatar(manifest.header, clip: clip, face: .drawn(face), idle: idle, poster: poster)
    }

    private static func filmed(_ manifest: FilmedManifest, in folder: URL) throws -> Avatar {
        Avatar(
            manifest.header, clip: try FilmedClip(of: manifest, in: folder),
            face: .filmed(try FilmedFace(manifest, in: folder)), idle: try IdleClip.read(manifest, in: folder),
            poster: try manifest.readPoster(in: folder))
    }

    private init(
        _ manifest: AvatarManifest, clip: any ClipPictures, face: Face, idle: [EncodedFrame], poster: [UInt8]
    ) {
        preview = AvatarPreview(manifest, frameCount: clip.count, idle: idle, poster: poster)
        self.idle = idle
        self.clip = clip
        self.face = face
    }

    /// Makes `picture` the clip's frame `index`.
    /// - Parameters:
    ///   - index: any number, 0 or more; the clip loops.
    ///   - picture: of the avatar's size.
    public func copyBaseFrame(_ index: Int, into picture: PixelBuffer) { clip.copy(index, into: picture) }

    /// The face, for an engine that draws.
    /// - Parameter engine: its name, for the error.
    /// - Throws: ``AvatarError/wrongFace(avatar:engine:found:expected:)``.
    public func drawnFace(for engine: String) throws(AvatarError) -> DrawnFace {
        guard case .drawn(let face) = face else {
            throw .wrongFace(avatar: id, engine: engine, found: kind, expected: .drawn)
        }
        return face
    }

    /// The face, for an engine that repaints.
    /// - Parameter engine: its name, for the error.
    /// - Throws: ``AvatarError/wrongFace(avatar:engine:found:expected:)``.
    public func filmedFace(for engine: String) throws(AvatarError) -> FilmedFace {
        guard case .filmed(let face) = face else {
            throw .wrongFace(avatar: id, engine: engine, found: kind, expected: .filmed)
        }
        return face
    }
}
