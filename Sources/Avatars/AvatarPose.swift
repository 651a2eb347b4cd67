public import Foundation
public import Video

/// What an avatar does while it does not speak, beside the idle clip: a clip of its own, which loops without a seam.
public enum AvatarPose: String, Sendable, CaseIterable {
    /// Somebody speaks to it.
    case listening
    /// It is to answer, and does not yet.
    case thinking

    /// Reads the clip, and compresses it as the idle clip is: that keeps all cores busy for part of a second.
    /// - Parameter folder: the bundle: a folder with an `avatar.json`.
    /// - Throws: ``AvatarError``, also if the avatar does not have this pose.
    @concurrent
    public func load(from folder: URL) async throws(AvatarError) -> [EncodedFrame] {
        let manifest = try ManifestFile(in: folder)
        let header = try manifest.decode(AvatarManifest.self)
        let settings = IdleClip.settings(for: header)
        if header.kind == .rigged {
            let manifest = try manifest.decode(RiggedManifest.self)
            if manifest.clip == nil {
                let pictures = try BaseClip(of: manifest, in: folder)
                let face = try RiggedFace(
                    manifest, pictures: pictures, motion: IdleMotion.loop(of: self), in: folder)
                return try await IdleClip.encode(IdlePictures(face: face), settings)
            }
        }
        guard let pose = header.poses?[rawValue] else {
            throw .missingFile(folder.path, purpose: "\"poses.\(rawValue)\" in avatar.json")
        }
        let clip = try BaseClip(
            pose.clip, frames: pose.frames, field: "poses.\(rawValue).clip", of: header, in: folder)
        return try await IdleClip.encode(clip, settings)
    }
}
