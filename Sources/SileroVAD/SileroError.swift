/// Why a voice detector cannot be used.
public enum SileroError: Error, Equatable, CustomStringConvertible {
    /// There is no such file.
    case missing(path: String)
    /// The file is not Silero's detector, or one of another version.
    case unusable(path: String, reason: String)
    /// There is no ONNX Runtime to run it.
    case noRuntime(path: String, reason: String)

    private static let source =
        "silero_vad.onnx of version 5 or later, from https://github.com/snakers4/silero-vad (src/silero_vad/data)"

    /// What was found, what was expected, what to do.
    public var description: String {
        switch self {
        case .missing(let path): "There is no voice detector \(path). Expected is \(Self.source)."
        case .unusable(let path, let reason):
            "\(path) is no voice detector that can be used: \(reason). Expected is \(Self.source)."
        case .noRuntime(let path, let reason): "The voice detector \(path) has nothing to run it: \(reason)"
        }
    }
}
