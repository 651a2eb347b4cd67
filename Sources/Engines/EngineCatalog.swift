public import Avatars
public import LipSync

/// Finds the engine for each avatar, as far as the settings leave the choice.
public struct EngineCatalog: Sendable {
    private let settings: EngineSettings

    /// A catalog for one server, or one film.
    public init(_ settings: EngineSettings) {
        self.settings = settings
    }

    /// The engine that moves an avatar's lips.
    public func engine(for avatar: Avatar) async throws -> any LipSyncEngine {
        VisemeEngine()
    }
}
