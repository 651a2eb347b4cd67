public import Avatars
import Foundation
import Inference
public import LipSync
import Models

/// Repaints the mouth of a filmed person, frame by frame, as MuseTalk does: for one avatar, with a model that it shares
/// with others.
public final class MuseTalkEngine: LipSyncEngine {
    /// `musetalk`.
    public let name = "musetalk"

    private let avatarID: String
    private let face: FilmedFace
    private let model: MuseTalkModel
    private let latents: ResidentTensor<Float>

    /// Gets a model ready for an avatar: brings its latents to the device, and runs what would be slow at first.
    /// - Throws: `AvatarError` for a drawn avatar, ``MuseTalkError`` for one of another model, `InferenceError`.
    @concurrent
    public static func load(for avatar: Avatar, model: MuseTalkModel) async throws -> MuseTalkEngine {
        let engine = try MuseTalkEngine(avatar, model)
        try await model.painter.warmUp(with: engine.latents)
        return engine
    }

    private init(_ avatar: Avatar, _ model: MuseTalkModel) throws {
        face = try avatar.filmedFace(for: name)
        try face.model.check(against: model, avatar: avatar.id)
        avatarID = avatar.id
        self.model = model
        latents = try face.withLatents { [face] latents in
            try ResidentTensor([face.frameCount, 8, 32, 32], latents, on: model.painter.device)
        }
    }

    /// Starts an utterance.
    /// - Throws: ``MuseTalkError/otherAvatar(found:expected:)``, or what ``SpeechConditioner`` throws.
    public func startUtterance(of avatar: Avatar, atBaseFrame baseFrame: Int) throws -> sending any UtteranceFaces {
        guard avatar.id == avatarID else {
            throw MuseTalkError.otherAvatar(found: avatar.id, expected: avatarID)
        }
        return MuseTalkFaces(
            of: avatar, face: face, atBaseFrame: baseFrame, latents: latents, painter: model.painter,
            conditioning: try SpeechConditioner(model.speech))
    }
}

extension FaceModel {
    /// Whether an avatar that was made for this can be shown by `model`.
    /// - Throws: ``MuseTalkError``.
    func check(against model: MuseTalkModel, avatar: String) throws(MuseTalkError) {
        let (manifest, path) = (model.directory.manifest, model.directory.folder.path)
        guard version == manifest.version else {
            throw .otherVersion(avatar: avatar, madeFor: version, model: path, version: manifest.version)
        }
        // Who prepared an avatar with MuseTalk's own programs knows which weights they were.
        if let fingerprint, fingerprint != manifest.fingerprint {
            throw .otherModel(
                avatar: avatar, madeFor: fingerprint, model: path, fingerprint: manifest.fingerprint)
        }
    }
}
