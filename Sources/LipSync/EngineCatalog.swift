/// The engines that this build has.
public enum EngineCatalog {
    /// The engine of servers and films that name none.
    public static let defaultEngine = "viseme"

    /// The engines by name, in the order in which people should see them.
    public static var names: [String] { engines.map(\.name) }

    /// The engine with this name; nil if there is none.
    public static func engine(named name: String) -> (any LipSyncEngine)? {
        engines.first { $0.name == name }
    }

    private static let engines: [any LipSyncEngine] = [VisemeEngine()]
}
