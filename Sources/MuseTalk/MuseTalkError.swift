/// Why the engine cannot do what is asked of it.
public enum MuseTalkError: Error, Equatable, CustomStringConvertible {
    /// An avatar's latents are of other weights than the model's.
    case otherModel(avatar: String, madeFor: String, model: String, fingerprint: String)
    /// An avatar was prepared for another version of MuseTalk, whose crops differ.
    case otherVersion(avatar: String, madeFor: String, model: String, version: String)
    /// An engine was asked to show another avatar than its own.
    case otherAvatar(found: String, expected: String)
    /// The graph computed NaN or infinity.
    case notFinite(model: String)
    /// All devices failed a moment ago.
    case noDevice(reason: String, retryAfter: Duration)

    /// What was found, what was expected and what to do.
    public var description: String {
        switch self {
        case .otherModel(let avatar, let madeFor, let model, let fingerprint):
            """
            The avatar \(avatar) was made for the model with the fingerprint \(madeFor.prefix(12))…; \(model) has \
            \(fingerprint.prefix(12))…. Name the right model with --model, or make the avatar again: \
            `visavis avatar create --name \(avatar) --model \(model) --video …`.
            """
        case .otherVersion(let avatar, let madeFor, let model, let version):
            """
            The avatar \(avatar) was prepared for MuseTalk \(madeFor); \(model) is MuseTalk \(version), which cuts faces \
            out differently. Name a model of version \(madeFor) with --model, or make the avatar again.
            """
        case .otherAvatar(let found, let expected):
            "This engine was loaded for the avatar \(expected), and was asked to show \(found); load one for it."
        case .notFinite(let model):
            """
            \(model) computed NaN or infinity. The model, or the avatar's latents, are damaged: check the one with \
            `visavis models verify`, make the other again. A model at fp16 may be out of its range; import it at fp32.
            """
        case .noDevice(let reason, let retryAfter):
            "No device makes faces: \(reason) The next is tried again in \(max(1, retryAfter.components.seconds)) s."
        }
    }
}
