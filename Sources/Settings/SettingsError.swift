/// What is wrong with the settings.
public enum SettingsError: Error, Equatable, CustomStringConvertible {
    /// The file cannot be read.
    case unreadable(file: String)
    /// The file is not YAML.
    case notYAML(file: String, reason: String)
    /// There is no such setting. `source` is a file and line, a variable or a flag.
    case unknown(name: String, source: String, nearest: String?)
    /// A value is not what the setting takes.
    case unexpected(name: String, source: String, found: String, expected: String)
    /// A value is missing without which the section of this name is of no use.
    case missing(name: String, source: String, expected: String)
    /// Settings that do not go together.
    case contradiction(String)

    /// What was found, what was expected and what to do.
    public var description: String {
        switch self {
        case .unreadable(let file):
            "The settings file \(file) cannot be read. `--config` takes the path of a YAML file; "
                + "visavis.example.yaml is one to start from."
        case .notYAML(let file, let reason):
            "The settings file \(file) is not YAML: \(reason)"
        case .unknown(let name, let source, let nearest):
            "\(source): there is no setting `\(name)`"
                + (nearest.map { "; did you mean `\($0)`?" } ?? ". visavis.example.yaml lists all of them.")
        case .contradiction(let reason): reason
        case .missing(let name, let source, let expected):
            "\(source): `\(name)` is missing; expected is \(expected)."
        case .unexpected(let name, let source, let found, let expected):
            "\(source): `\(name)` is “\(found)”; expected is \(expected)."
        }
    }
}
