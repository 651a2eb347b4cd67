/// The weights for which a filmed face was prepared.
public struct FaceModel: Codable, Sendable, Equatable {
    /// MuseTalk's version: `1.5` or `1.0`. Their crops and masks differ.
    public var version: String
    /// The fingerprint in the manifest of the model directory that made the latents; nil if that is not known, as of
    /// an avatar that MuseTalk's own programs prepared.
    public var fingerprint: String?

    /// Puts the parts together.
    public init(version: String, fingerprint: String?) {
        self.version = version
        self.fingerprint = fingerprint
    }

    /// The versions that there are.
    public static let versions = ["1.5", "1.0"]
}
