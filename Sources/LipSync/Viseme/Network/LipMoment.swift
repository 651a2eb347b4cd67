public import Avatars

/// What is read off speech for one moment.
public struct LipMoment: Sendable, Equatable {
    /// What the mouth does.
    public var shape: MouthShape
    /// Which sound that is.
    public var visemes: VisemeWeights

    /// Lips together, nothing said.
    public static let rest = LipMoment(shape: .rest, visemes: .silence)
}
