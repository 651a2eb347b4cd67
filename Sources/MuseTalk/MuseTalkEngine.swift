public import Avatars
public import Batching
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

    /// Has a model show an avatar.
    /// - Throws: `AvatarError` for a drawn avatar, ``MuseTalkError`` for one of another model.
    public init(for avatar: Avatar, model: MuseTalkModel) throws {
        face = try avatar.filmedFace(for: name)
        try face.model.check(against: model, avatar: avatar.id)
        avatarID = avatar.id
        self.model = model
    }

    /// Those of the model's devices.
    public var places: SpeakingPlaces? { model.places }

    /// All of the model's devices.
    public var device: String { model.faces.devices.map(\.name.description).joined(separator: ",") }

    /// Starts an utterance.
    /// - Throws: ``MuseTalkError/otherAvatar(found:expected:)``, or what ``SpeechConditioner`` throws.
    public func startUtterance(of avatar: Avatar, atBaseFrame baseFrame: Int) throws -> sending any UtteranceFaces {
        guard avatar.id == avatarID else {
            throw MuseTalkError.otherAvatar(found: avatar.id, expected: avatarID)
        }
        return MuseTalkFaces(
            of: avatar, face: face, atBaseFrame: baseFrame, maker: model.faces, batchSize: model.largestBatch,
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
