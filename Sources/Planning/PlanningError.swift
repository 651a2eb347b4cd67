/// Why nothing can be planned. Each names the thing, what was found and what was expected.
public enum PlanningError: Error, Equatable, CustomStringConvertible {
    /// A file cannot be read.
    case unreadable(file: String)
    /// A report cannot be written, in the system's words.
    case unwritable(file: String, reason: String)
    /// A file is not YAML, or no mapping.
    case notYAML(file: String, reason: String)
    /// A figure of a catalogue is missing or cannot be. `key` is a path like `gpus[2].memory_gb`.
    case figure(file: String, line: Int, key: String, found: String, expected: String)
    /// Something that is asked for cannot be.
    case demand(name: String, found: String, expected: String)
    /// A result of `visavis bench` says nothing about GPUs.
    case calibration(reason: String)

    /// What was found, what was expected, what to do.
    public var description: String {
        switch self {
        case .unreadable(let file): "\(file): cannot be read; expected a YAML file, as docs/planning.md describes it"
        case .unwritable(let file, let reason): "\(file): cannot be written: \(reason)"
        case .notYAML(let file, let reason): "\(file): not the YAML that docs/planning.md describes: \(reason)"
        case .figure(let file, let line, let key, let found, let expected):
            "\(file):\(line): `\(key)` is \(found); expected \(expected)"
        case .demand(let name, let found, let expected): "\(name) is \(found); expected \(expected)"
        case .calibration(let reason): "the bench result cannot calibrate a plan: \(reason)"
        }
    }
}
