public import Avatars
public import Foundation

/// Why there is no engine for an avatar.
public enum EngineError: Error, Equatable, CustomStringConvertible {
    /// None of the models in `folder` is the one that an avatar was made for.
    case noModel(avatar: String, wanted: FaceModel, known: [String], folder: URL)
    /// An avatar does not say which weights it was made for, and several models may be it.
    case severalModels(avatar: String, version: String, fitting: [String])

    /// What was found, what was expected and what to do.
    public var description: String {
        switch self {
        case .noModel(let avatar, let wanted, let known, let folder):
            """
            The avatar \(avatar) needs the model that it was made for: MuseTalk \(wanted.version)\
            \(wanted.fingerprint.map { " with the fingerprint \($0.prefix(12))…" } ?? ""). \
            \(folder.path) has \(known.isEmpty ? "no models" : "others: \(known.joined(separator: ", "))"). \
            Import it with `visavis models import`, or name its folder with --model.
            """
        case .severalModels(let avatar, let version, let fitting):
            """
            The avatar \(avatar) was prepared for MuseTalk \(version), and does not say with which weights; there are \
            \(fitting.joined(separator: ", ")). Name one with --model.
            """
        }
    }
}
