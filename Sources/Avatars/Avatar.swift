public import Foundation
public import Video

/// A person that can be shown: a clip that loops without a seam, and what an engine needs to move its lips.
///
/// Loaded once, then shared by every session; nothing in it changes after loading. The clip of a rigged avatar is kept
/// decoded: width × height × 1.5 bytes a frame, 98 MB for 250 frames of 512×512, unless it is a single picture. That of a
/// filmed one stays in its file, which is mapped.
public final class Avatar: Sendable {
    /// What a face is made of.
    public enum Kind: String, Sendable, Codable {
        /// A film of a person, whose lower face a model repaints: format 2.
        case filmed
        /// A picture or a film of a person, real or drawn, whose face is warped: format 3.
        case rigged
    }

    /// The face, for the engine that can move it.
    public enum Face: Sendable {
        /// For engines that repaint.
        case filmed(FilmedFace)
        /// For engines that know what a mouth does.
        case rigged(RiggedFace)
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
        case .filmed: .filmed
        case .rigged: .rigged
        }
    }

    /// Reads a bundle, and does once what every session needs.
    ///
    /// For a rigged face that keeps all cores busy for about a second: its clip is decoded, or its idle movement painted, and
    /// compressed. A filmed one has all that in its files.
    /// - Parameter folder: the bundle: a folder with an `avatar.json`.
    /// - Throws: ``AvatarError``.
    @concurrent
    public static func load(from folder: URL) async throws(AvatarError) -> Avatar {
        let manifest = try ManifestFile(in: folder)
        do {
            return switch try manifest.decode(AvatarManifest.self).kind {
            case .filmed: try filmed(manifest.decode(FilmedManifest.self), in: folder)
            case .rigged: try await rigged(manifest.decode(RiggedManifest.self), in: folder)
            }
        } catch {
            throw AvatarError(error)
        }
    }

    private static func rigged(_ manifest: RiggedManifest, in folder: URL) async throws -> Avatar {
        let pictures = try BaseClip(of: manifest, in: folder)
        let face = try RiggedFace(manifest, pictures: pictures, in: folder)
        let clip: any ClipPictures = manifest.clip == nil ? IdlePictures(face: face) : pictures
        let idle = try await IdleClip.encode(clip, IdleClip.settings(for: manifest.header))
        let poster = try PNG.encode(pictures.pictures[0])
        return Avatar(
            manifest.header, clip: clip, face: .rigged(face), idle: idle, poster: poster, poses: manifest.poses)
    }

    private static func filmed(_ manifest: FilmedManifest, in folder: URL) throws -> Avatar {
        Avatar(
            manifest.header, clip: try FilmedClip(of: manifest, in: folder),
            face: .filmed(try FilmedFace(manifest, in: folder)), idle: try IdleClip.read(manifest, in: folder),
            poster: try manifest.readPoster(in: folder), poses: manifest.header.filmedPoses)
    }

    private init(
        _ manifest: AvatarManifest, clip: any ClipPictures, face: Face, idle: [EncodedFrame], poster: [UInt8],
        poses: [AvatarPose]
    ) {
        preview = AvatarPreview(manifest, frameCount: clip.count, idle: idle, poster: poster, poses: poses)
        self.idle = idle
        self.clip = clip
        self.face = face
    }

    /// Makes `picture` the clip's frame `index`.
    /// - Parameters:
    ///   - index: any number, 0 or more; the clip loops.
    ///   - picture: of the avatar's size.
    public func copyBaseFrame(_ index: Int, into picture: PixelBuffer) { clip.copy(index, into: picture) }

    /// The face, for an engine that knows what a mouth does.
    /// - Parameter engine: its name, for the error.
    /// - Throws: ``AvatarError/wrongFace(avatar:engine:found:expected:)``.
    public func riggedFace(for engine: String) throws(AvatarError) -> RiggedFace {
        guard case .rigged(let face) = face else {
            throw .wrongFace(avatar: id, engine: engine, found: kind, expected: .rigged)
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
